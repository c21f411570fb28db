"""E-mail addresses and links; a link is shown by the host it really leads to."""

import re
from collections.abc import Iterator

from torg.detectors import links
from torg.detectors.hosts import HostKind, HostLists
from torg.detectors.links import Link, Oddity
from torg.detectors.reading import Reading
from torg.detectors.types import Finding, Kind

NAME, VERSION = "addresses", "2"
LOCAL = re.compile(r"[\w.+\-]{1,64}$")
DOMAIN = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
SPELLED_OUT = re.compile(
    r"(?<![\w.])[\w.+\-]{1,64} ?[(\[{] ?(?:at|a|krøllalfa|alfakrøll|snabel-?a) ?[)\]}] ?[\w\-]{1,63}"
    r"(?: ?(?:\.|[(\[{] ?(?:dot|punktum|prikk) ?[)\]}]) ?[a-z]{2,20}){1,3}"
)
# What deserves a look comes first; the code names its sentence.
CODES = {
    Oddity.UNREADABLE: "link.unreadable",
    Oddity.DISGUISED: "link.disguised",
    Oddity.FOREIGN_LETTERS: "link.foreign_letters",
    Oddity.SHORTENED: "link.shortened",
    Oddity.ADULT: "link.adult",
    Oddity.NUMBER: "link.number",
}
# A trusted host stays trusted unless the address hides where it leads.
HIDES = (Oddity.UNREADABLE, Oddity.DISGUISED, Oddity.FOREIGN_LETTERS)
SCORES = {"link": 0.5, "link.blocked": 0.95}


def find(reading: Reading) -> Iterator[Finding]:
    """E-mail addresses and links."""
    folded = reading.folded
    taken: list[tuple[int, int]] = []
    if "@" in folded:
        for start, end in _emails(folded):
            taken.append((start, end))
            yield Finding(Kind.EMAIL, *reading.place(start, end), 0.95, "email", NAME, VERSION)
    if "(" in folded or "[" in folded or "{" in folded:
        for match in SPELLED_OUT.finditer(folded):
            yield Finding(Kind.EMAIL, *reading.place(*match.span()), 0.85, "email.spelled_out", NAME, VERSION)
    for link in links.find(reading, outside=taken):
        code, params = _judge(link, reading.hosts)
        yield Finding(Kind.LINK, link.start, link.end, SCORES.get(code, 0.8), code, NAME, VERSION, params)


def _emails(folded: str) -> Iterator[tuple[int, int]]:
    at, reached = folded.find("@"), 0
    while at >= 0:
        local = LOCAL.search(folded, max(at - 64, reached), at)
        domain = DOMAIN.match(folded, at + 1)
        if local and domain and folded[local.start() - 1 : local.start()] not in {"/", ":", "@"}:
            end = domain.end()
            while folded[end - 1] in ".-":
                end -= 1
            reached = end
            yield local.start(), end
        at = folded.find("@", at + 1)


def _judge(link: Link, hosts: HostLists) -> tuple[str, dict[str, str]]:
    """Why the link deserves a look, and the host it leads to, in readable letters."""
    shown = (link.looks_like or link.shown).removeprefix("www.")
    blocked = hosts.first_blocked(link.hosts)
    if blocked:
        return "link.blocked", {"host": blocked}
    listed = hosts.listed(link.host)
    kind = listed.kind if listed else None
    looked_at = HIDES if kind is HostKind.TRUSTED else tuple(CODES)
    code = next((CODES[oddity] for oddity in looked_at if oddity in link.oddities), "link")
    if code == "link.disguised":
        # Told is where it leads, not what it looks like.
        shown = link.shown.removeprefix("www.")
    if code in ("link", "link.adult", "link.number") and kind is HostKind.SHORTENER:
        code = "link.shortened"
    return code, {"host": shown}
