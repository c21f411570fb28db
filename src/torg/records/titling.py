"""Titles: as long as a column is, names as `*****`, and what those outside a secret scope read."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

STARS = "*****"
LONGEST = 300


def fitted(text: str) -> str:
    """A title as long as the column is; control characters, which no archive takes, are left out of titles only."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def masked(text: str, names: Iterable[str]) -> str:
    """The text with every one of the names, and their single words of three letters or more, replaced by stars."""
    words = {word for name in names for word in [name, *name.split()] if len(word) > 2}
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", STARS, text, flags=re.IGNORECASE)
    return re.sub(rf"{re.escape(STARS)}(\s+{re.escape(STARS)})+", STARS, text)


def neutral_title() -> str:
    """What stands in the number series for those who may not know more: nothing of whom or what."""
    return _("Registration with restricted access")
