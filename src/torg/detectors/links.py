"""Every address in a text: the host that it really leads to, what is odd about it, and what it leads on to."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from torg.detectors.hosts import LONGEST_LABEL, HostLists, as_the_network_knows
from torg.detectors.reading import Reading
from torg.detectors.vocabulary import word_sets

# What writers put for a full stop to get past a filter; browsers and readers take it for one.
DOT = r"(?:[.。]| ?[\[({] ?(?:\.|dot|punktum|prikk) ?[\])}] ?)"
SCHEME = r"h[tx*]{2}ps?(?::|\[:\])[/\\]{0,3}"
REST = r"[^\s<>\"«»“”]"
LINK = re.compile(
    rf"(?:{SCHEME}|(?<![\w:/])//|(?<!\w)www{DOT})(?={REST})(?:[\w\-]{{1,63}}{DOT}){{0,8}}{REST}{{1,2000}}"
)
BARE = re.compile(
    rf"(?<![\w@./\-])(?:[\w\-]{{1,63}}{DOT}){{1,8}}([a-zæøå]{{2,24}}|xn--[a-z0-9\-]{{1,59}})"
    rf"(?:[/?#]{REST}{{0,2000}})?(?![\w@])"
)
BEGINS = re.compile(SCHEME)
SPELLED_DOT = re.compile(DOT)
# Another address inside of one: after a scheme or two slashes, or as the value of a parameter.
INSIDE = re.compile(
    r"(?:h[tx]{2}ps?:/{1,3}|//)([^/?#&\s\"'<>]{1,253})|[=|]((?:[\w\-]{1,63}\.){1,8}[a-z]{2,24})(?![\w.])"
)
MOST_INSIDE = 5
TRAILING = ".,;:!?)]}'’…"
ADULT_HOST = re.compile("|".join(sorted(word_sets("links.tsv")["adult"])))
NUMBER = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}")
KEPT = 253


class Oddity(StrEnum):
    """What makes an address other than it looks. The names are shown by their sentences: never change one."""

    UNREADABLE = "UNREADABLE"
    DISGUISED = "DISGUISED"
    FOREIGN_LETTERS = "FOREIGN_LETTERS"
    MIXED_SCRIPTS = "MIXED_SCRIPTS"
    HIDDEN_SIGNS = "HIDDEN_SIGNS"
    SPELLED_OUT = "SPELLED_OUT"
    SHORTENED = "SHORTENED"
    ADULT = "ADULT"
    NUMBER = "NUMBER"
    LEADS_ON = "LEADS_ON"


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a text. `start` and `end` are Python indices into it.

    `host` is what the network looks up (lower case, `xn--` for other letters, no full stop at the end), `shown` the
    same in readable letters, `looks_like` what a reader takes it for. `leads_on` are the hosts that are named inside
    of it. Nothing here asks the network.
    """

    start: int
    end: int
    host: str
    shown: str
    looks_like: str
    oddities: frozenset[Oddity]
    leads_on: tuple[str, ...] = field(default=())

    @property
    def hosts(self) -> tuple[str, ...]:
        """All hosts that somebody who opens it may come to, and the one that it is mistaken for."""
        return tuple(dict.fromkeys(each for each in (self.host, self.looks_like, *self.leads_on) if each))


def find(reading: Reading, *, outside: list[tuple[int, int]] | None = None) -> Iterator[Link]:
    """The links of a text, in order; none within the places of the folded text that `outside` names."""
    folded = reading.folded
    if "." in folded or ":" in folded or "//" in folded or "dot" in folded or "。" in folded:
        for start, end in _spans(folded, outside or [], reading.hosts):
            place = reading.place(start, end)
            yield _read(folded[start:end], reading.text[slice(*place)], place)


def could_hold(reading: Reading) -> bool:
    """Whether anything in the text is an address, or may be one by some list."""
    return bool(LINK.search(reading.folded) or BARE.search(reading.folded))


def _spans(folded: str, taken: list[tuple[int, int]], lists: HostLists) -> list[tuple[int, int]]:
    endings = word_sets("links.tsv")["endings"]
    spans = [_trimmed(folded, *match.span()) for match in LINK.finditer(folded) if _is_link(match.group())]
    covered = sorted([*spans, *taken])
    position = 0
    for match in BARE.finditer(folded):
        while position < len(covered) and covered[position][1] <= match.start():
            position += 1
        if position < len(covered) and covered[position][0] <= match.start():
            continue
        name = SPELLED_DOT.sub(".", folded[match.start() : match.end(1)])
        is_known = match[1] in endings and any(sign.isalpha() for sign in name.split(".")[0])
        # Nothing else tells such a name from a word.
        if is_known or lists.first_blocked([name]) or match[1].startswith("xn--"):
            spans.append(_trimmed(folded, *match.span()))
    return sorted(spans)


def _is_link(found: str) -> bool:
    """Whether a host follows: “http:” alone may be a word about addresses."""
    return "//" in found or "\\\\" in found or bool(SPELLED_DOT.search(BEGINS.sub("", found)))


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while end - 1 > start and folded[end - 1] in TRAILING:
        end -= 1
    return start, end


def _read(folded: str, written: str, place: tuple[int, int]) -> Link:
    plain = _plain(written)
    oddities = _oddities_of_writing(folded, written)
    try:
        parts = urlsplit(plain)
        seen = urlsplit(_plain(folded))
        host, looks_like = _host_of(parts.netloc), _host_of(seen.netloc)
    except ValueError:
        return Link(*place, "", "", "", frozenset({*oddities, Oddity.UNREADABLE}))
    inside = tuple(_inside(f"{parts.path}?{parts.query}#{parts.fragment}", host))
    shown = _readable(host)
    if "@" in unquote(parts.netloc):
        oddities.add(Oddity.DISGUISED)
    oddities |= _oddities_of_host(host, shown)
    if looks_like != host or "xn--" in folded or not _is_nordic(written):
        oddities.add(Oddity.FOREIGN_LETTERS)
    oddities |= {Oddity.LEADS_ON} if inside else set()
    return Link(*place, host, shown, looks_like if looks_like != host else "", frozenset(oddities), inside)


def _plain(written: str) -> str:
    """The address as a browser would take it; raises nothing."""
    text = "".join(sign for sign in unicodedata.normalize("NFKC", written) if unicodedata.category(sign) != "Cf")
    begins = BEGINS.match(text.lower())
    rest = text[begins.end() :] if begins else text.lstrip("/")
    rest = rest.replace("\\", "/")
    authority, slash, path = rest.partition("/")
    return f"https://{SPELLED_DOT.sub('.', authority.lower())}{slash}{path}"


def _host_of(netloc: str) -> str:
    """The host of an authority: without whoever is named before it, and without a port. Raises ValueError."""
    name = unquote(netloc).rpartition("@")[2]
    if name.startswith("["):
        return str(ipaddress.ip_address(name[1:].partition("]")[0]))
    host = as_the_network_knows(name.partition(":")[0])
    return _as_number(host) if NUMBER.fullmatch(host) else host


def _as_number(host: str) -> str:
    """A number address as four numbers, also where it was written as one, or in sixteens or eights."""
    parts = [
        int(part, 16 if part.startswith("0x") else 8 if len(part) > 1 and part[0] == "0" else 10)
        for part in host.split(".")
    ]
    *leading, last = parts
    value = last
    for number, part in enumerate(leading):
        value += part << (24 - 8 * number)
    return str(ipaddress.IPv4Address(value))


def _inside(rest: str, host: str) -> Iterator[str]:
    """Hosts that are named within an address, as those who lead on from one to another do."""
    told = unquote(unquote(rest)).lower()
    seen = {host}
    for match in INSIDE.finditer(told):
        try:
            named = _host_of(match[1] or match[2])
        except ValueError:
            continue
        if "." in named and named not in seen and len(seen) <= MOST_INSIDE:
            seen.add(named)
            yield named


def _oddities_of_writing(folded: str, written: str) -> set[Oddity]:
    oddities = set()
    if any(unicodedata.category(sign) == "Cf" for sign in written):
        oddities.add(Oddity.HIDDEN_SIGNS)
    begins = BEGINS.match(folded)
    host = (folded[begins.end() :] if begins else folded).partition("/")[0]
    if (
        (begins and begins.group()[1:3] != "tt")
        or "[:]" in folded[:9]
        or re.search(r"[\[({]|。", host.partition("@")[2] or host)
    ):
        oddities.add(Oddity.SPELLED_OUT)
    return oddities


def _oddities_of_host(host: str, shown: str) -> set[Oddity]:
    bare = host.removeprefix("www.")
    oddities = set()
    if any(len(_scripts(label)) > 1 for label in shown.split(".")):
        oddities.add(Oddity.MIXED_SCRIPTS)
    if bare in word_sets("links.tsv")["shortener"]:
        oddities.add(Oddity.SHORTENED)
    if ADULT_HOST.search(bare):
        oddities.add(Oddity.ADULT)
    if re.fullmatch(r"[\d.]+|[0-9a-f]*:[0-9a-f:]+", bare):
        oddities.add(Oddity.NUMBER)
    return oddities


def _is_nordic(written: str) -> bool:
    host = (written.partition("://")[2] or written).partition("/")[0]
    return host.isascii() or all(sign.isascii() or sign in "æøåäö" for sign in host.lower())


def _scripts(label: str) -> set[str]:
    return {unicodedata.name(sign, "UNKNOWN").split()[0] for sign in label if sign.isalpha()}


def _readable(host: str) -> str:
    """The host with `xn--` parts as the letters that they stand for."""
    return ".".join(_readable_label(label) for label in host.split("."))[:KEPT]


def _readable_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > LONGEST_LABEL:
        return label
    try:
        read = label.removeprefix("xn--").encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label
    # Signs that nobody sees, that turn the line round, or that are halves, are no letters to read.
    return read if read.isprintable() else label
