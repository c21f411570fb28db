"""E-mail addresses and links; a link is shown by the host it really leads to."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from torg.detectors.reading import Reading
from torg.detectors.types import Finding, Kind
from torg.detectors.vocabulary import word_sets

NAME, VERSION = "addresses", "1"
LOCAL = re.compile(r"[\w.+\-]{1,64}$")
DOMAIN = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
SPELLED_OUT = re.compile(
    r"(?<![\w.])[\w.+\-]{1,64} ?[(\[{] ?(?:at|a|krøllalfa|alfakrøll|snabel-?a) ?[)\]}] ?[\w\-]{1,63}"
    r"(?: ?(?:\.|[(\[{] ?(?:dot|punktum|prikk) ?[)\]}]) ?[a-z]{2,20}){1,3}"
)
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]{1,2000}")
BARE = re.compile(r"(?<![\w@./\-])(?:[a-zæøå0-9\-]{1,63}\.){1,4}([a-z]{2,10})(?:/[^\s<>\"«»]{0,2000})?(?![\w@])")
TRAILING = ".,;:!?)]}'’…"
ADULT_HOST = re.compile("|".join(sorted(word_sets("links.tsv")["adult"])))


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
    if "." in folded or "://" in folded:
        for start, end in _links(folded, taken):
            code, host = _judge(folded[start:end], reading.text[slice(*reading.place(start, end))])
            score = 0.5 if code == "link" else 0.8
            yield Finding(Kind.LINK, *reading.place(start, end), score, code, NAME, VERSION, {"host": host})


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


def _links(folded: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    endings = word_sets("links.tsv")["endings"]
    spans = [_trimmed(folded, *match.span()) for match in LINK.finditer(folded)]
    covered = sorted([*spans, *taken])
    position = 0
    for match in BARE.finditer(folded):
        while position < len(covered) and covered[position][1] <= match.start():
            position += 1
        inside = position < len(covered) and covered[position][0] <= match.start()
        if match[1] in endings and not inside and any(sign.isalpha() for sign in match.group().split(".")[0]):
            spans.append(_trimmed(folded, *match.span()))
    yield from sorted(spans)


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while end - 1 > start and folded[end - 1] in TRAILING:
        end -= 1
    return start, end


def _judge(link: str, written: str) -> tuple[str, str]:
    """Why the link deserves a look, and the host it leads to, in readable letters."""
    address = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return "link.unreadable", ""
    bare = host.removeprefix("www.")
    readable = _readable(bare)
    if "@" in parts.netloc:
        return "link.disguised", readable
    if readable != bare or not _is_nordic((written.partition("://")[2] or written).partition("/")[0]):
        return "link.foreign_letters", readable
    if bare in word_sets("links.tsv")["shortener"]:
        return "link.shortened", bare
    if ADULT_HOST.search(bare):
        return "link.adult", bare
    if re.fullmatch(r"[\d.]+|\[?[0-9a-f:]+\]?", bare):
        return "link.number", bare
    return "link", bare


def _is_nordic(host: str) -> bool:
    return host.isascii() or all(sign.isascii() or sign in "æøåäö" for sign in host.lower())


def _readable(host: str) -> str:
    """The host with `xn--` parts as the letters that they stand for."""
    labels = []
    for label in host.split("."):
        try:
            labels.append(label.removeprefix("xn--").encode("ascii").decode("punycode") if "xn--" in label else label)
        except (UnicodeError, ValueError):
            labels.append(label)
    return ".".join(labels)[:253]
