"""Links say where they lead (WCAG 2.4.4)."""

import re
from collections.abc import Iterator

from torg.publishing import rendering
from torg.publishing.gate.types import Place, Remark, advice, refusal
from torg.publishing.types import Content

# Whole link texts that say nothing when read alone, in bokmål, nynorsk and English.
VAGUE = frozenset(
    {
        "her", "klikk her", "trykk her", "trykk på lenken", "klikk på lenken", "denne lenken", "lenke", "lenken",
        "les mer", "les mer her", "se her", "mer", "mer info", "mer informasjon", "denne siden", "nettsiden",
        "link", "linken", "last ned", "finn ut mer",
        "lenkje", "lenkja", "klikk på lenkja", "trykk på lenkja", "les meir", "les meir her", "sjå her", "meir",
        "meir informasjon", "denne sida", "nettsida",
        "here", "click here", "press here", "read more", "more", "see here", "this page", "this link", "more info",
        "more information", "learn more", "download",
    }
)  # fmt: skip
BARE = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


def find(content: Content) -> Iterator[Remark]:
    """Remarks on the links of each language."""
    for language, words in content.texts.items():
        led_to: dict[str, str] = {}
        for number, (text, address) in enumerate(links_of(words.body), start=1):
            place = Place("link", language, number, text[:60])
            said = " ".join(text.lower().strip(" .:!»«\"'→›>").split())
            if not said:
                yield refusal("link_empty", place)
            elif said in VAGUE:
                yield refusal("link_vague", place)
            elif BARE.fullmatch(said):
                yield advice("link_is_address", place)
            elif led_to.setdefault(said, address) != address:
                yield advice("link_ambiguous", place)


def links_of(body: str) -> Iterator[tuple[str, str]]:
    """Each link's text and address, in order."""
    for token in rendering.tokens(body):
        text, address = "", None
        for part in token.children or []:
            if part.type == "link_open":
                text, address = "", str(part.attrGet("href") or "")
            elif part.type == "link_close" and address is not None:
                yield text, address
                address = None
            elif address is not None:
                text += part.content
