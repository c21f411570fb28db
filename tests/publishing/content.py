"""Content for tests: an article that passes the gate, and ways to spoil it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from torg.publishing.types import ChannelWords, Content, FilmUse, PictureUse, Words

PICTURE = UUID("11111111-1111-4111-8111-111111111111")
GOOD = Words(
    "Svømmehallen åpner",
    "Hallen åpner på mandag.",
    "## Åpent hver dag\n\nDu kan bade fra klokka ti. [Priser i svømmehallen](https://eksempelvik.example/priser)",
    1,
)


def content(**changes: Any) -> Content:
    """An article in bokmål that nothing is wrong with."""
    return replace(Content("nb", {"nb": GOOD}), **changes)


def picture(**changes: Any) -> PictureUse:
    """A described picture."""
    return replace(PictureUse(PICTURE, alts={"nb": "Barn hopper i vannet"}), **changes)


def body(text: str) -> Content:
    """The article with this text."""
    return content(texts={"nb": replace(GOOD, body=text)})


def film(**changes: Any) -> FilmUse:
    """A film with captions."""
    return replace(FilmUse("https://film.example/1", "Omvisning", ("nb",)), **changes)


def post(connection_id: UUID, **changes: Any) -> ChannelWords:
    """What a channel gets."""
    return replace(ChannelWords(connection_id, "Svømmehallen åpner på mandag."), **changes)
