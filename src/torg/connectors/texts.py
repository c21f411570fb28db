"""Comparing what we sent with what a platform shows."""

import unicodedata


def is_same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts are one and the same writing; platforms change spaces, line ends and the form of letters."""
    return _plain(one) == _plain(other)


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())
