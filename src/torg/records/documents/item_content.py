"""One item of a snapshot as the template sets it: who, when, in which state, every version, every attachment."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from torg.records.documents import wording
from torg.records.documents.letters import Run
from torg.records.documents.setting import Setting
from torg.records.types import Attached, Author, Captured, Version

DEEPEST_INDENT = 4
# In the contents stand the post and what answers it; the rest is found beneath, and among the bookmarks.
DEEPEST_LISTED = 1

Line = tuple[str, list[Run]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its number in the document and how deep it lies in the conversation."""

    item: Captured
    number: int
    depth: int
    parent: int | None


def entries_of(items: Sequence[Captured], setting: Setting) -> list[dict[str, Any]]:
    """Every item, numbered in the order in which it is read."""
    return [_content(entry, setting) for entry in _numbered(items)]


def _numbered(items: Sequence[Captured]) -> Iterator[Entry]:
    placed: dict[str, Entry] = {}
    for number, item in enumerate(items, 1):
        parent = placed.get(item.parent or "")
        depth = min(parent.depth + 1, DEEPEST_INDENT) if parent else 0
        entry = Entry(item, number, depth, parent.number if parent else None)
        placed[item.id] = entry
        yield entry


def _content(entry: Entry, setting: Setting) -> dict[str, Any]:
    item = entry.item
    return {
        "depth": entry.depth,
        "listed": entry.depth <= DEEPEST_LISTED,
        "heading": _heading(entry, setting),
        "state": setting.runs(wording.state(item.state)) if item.state.upper() not in wording.PLAINLY_SHOWN else [],
        "facts": _labelled(_facts(entry, setting)),
        "versions": [_version(item, version, setting) for version in item.versions],
        "attachments": [_attachment(item, place, setting) for place in range(len(item.attachments))],
        "sources": _labelled(_sources(item, setting)),
    }


def _heading(entry: Entry, setting: Setting) -> list[Run]:
    kind = setting.plainly(wording.kind(entry.item.kind))
    return [f"{entry.number}. {kind}: ", *_author(entry.item.author, setting)]


def _author(author: Author, setting: Setting) -> list[Run]:
    name = author.name or (_("the municipality") if author.is_own else _("unknown"))
    role = f" ({author.role})" if author.role else ""
    return setting.runs(f"{name}{role}")


def _facts(entry: Entry, setting: Setting) -> Iterator[Line]:
    item = entry.item
    if item.posted_at is not None:
        yield _("Written"), [wording.time(item.posted_at)]
    yield _("Received"), [wording.time(item.received_at)]
    if item.author.is_own:
        yield _("Sender"), [_("the municipality")]
    if entry.parent is not None:
        yield _("In answer to"), [_("number %(number)d") % {"number": entry.parent}]
    elif item.parent:
        yield _("In answer to"), setting.runs(item.parent)
    if item.state:
        yield _("State"), setting.runs(wording.state(item.state))
    told = (wording.fact(code, value) for code, value in sorted(item.facts.items()) if value)
    yield from ((setting.plainly(label), setting.runs(value)) for label, value in told)


def _version(item: Captured, version: Version, setting: Setting) -> dict[str, Any]:
    lines = setting.lines(version.text, item=item.id, version=version.number)
    is_withheld = any(isinstance(run, Mapping) and "mark" in run for line in lines for run in line)
    return {
        "label": _label(item, version) if len(item.versions) > 1 else "",
        "lines": lines if version.text else [[_("(no text)")]],
        "sha256": "" if is_withheld else _("SHA-256 of the text: %(sum)s") % {"sum": sha256_of_text(version.text)},
    }


def _label(item: Captured, version: Version) -> str:
    at = version.posted_at or version.received_at
    text = _("Version %(number)d of %(count)d, published %(time)s, received %(received)s")
    if version.posted_at is None:
        text = _("Version %(number)d of %(count)d, received %(received)s")
    return text % {
        "number": version.number,
        "count": len(item.versions),
        "time": wording.time(at),
        "received": wording.time(version.received_at),
    }


def sha256_of_text(text: str) -> str:
    """Of the text in UTF-8; half a surrogate pair, which has no UTF-8, as the three bytes it would be."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _attachment(item: Captured, place: int, setting: Setting) -> dict[str, Any]:
    attached = item.attachments[place]
    if setting.redactor.is_withheld(item.id, place):
        label = _("Attachment %(number)d") % {"number": place + 1}
        return {"facts": [{"label": label, "runs": setting.withheld()}], "picture": "", "alt": ""}
    return {
        "facts": _labelled(_attached_facts(attached, place, setting)),
        "picture": attached.sha256 if attached.sha256 in setting.pictures else "",
        "alt": setting.plainly(attached.alt_text or attached.title or _("Picture without a description")),
    }


def _attached_facts(attached: Attached, place: int, setting: Setting) -> Iterator[Line]:
    label = _("Attachment %(number)d") % {"number": place + 1}
    yield label, setting.runs(attached.title or attached.media_type or wording.kind(attached.kind))
    if attached.media_type:
        yield _("Type"), setting.runs(attached.media_type)
    yield _("Description"), setting.runs(attached.alt_text or _("The sender gave none."))
    if attached.state:
        yield _("State"), setting.runs(wording.state(attached.state))
    if attached.reason:
        yield _("Reason"), setting.runs(attached.reason)
    yield "SHA-256", [attached.sha256 or _("not kept")]


def _sources(item: Captured, setting: Setting) -> Iterator[Line]:
    """Where it came from; withheld when it would lead to what is withheld."""
    yield _("Our reference"), setting.runs(item.id)
    if setting.redactor.is_touched(item.id):
        yield _("Address and original"), setting.withheld()
        return
    if item.external_id:
        yield _("The platform's number"), setting.runs(item.external_id)
    if item.author.external_id:
        yield _("The author's number"), setting.runs(item.author.external_id)
    if item.permalink:
        yield _("Address"), setting.runs(item.permalink)
    for delivery in item.deliveries:
        yield _("Original delivery, SHA-256"), setting.runs(delivery)


def _labelled(lines: Iterator[Line]) -> list[dict[str, Any]]:
    return [{"label": label, "runs": runs} for label, runs in lines]
