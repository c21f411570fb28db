"""From a snapshot to the content that the template sets: every text made ready, nothing left out silently."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from torg.records import canonical
from torg.records.documents import item_content, wording
from torg.records.documents.letters import Run
from torg.records.documents.setting import Setting
from torg.records.documents.types import Document

# With fewer one sees them all; with more, the list is no help and setting it takes as much memory as all it lists.
WITH_CONTENTS = range(9, 1001)
SHORT_TITLE = 70

Line = tuple[str, list[Run]]


@dataclass(frozen=True, slots=True)
class Made:
    """When the document was made, and whether this is its plainer form."""

    at: datetime
    is_plain: bool = False


def content_of(document: Document, setting: Setting, made: Made) -> dict[str, Any]:
    """All that the template reads, in the language in use; `pictures` are named as the project's files."""
    snapshot = document.snapshot
    items = [item for item in snapshot.items if document.has_notes or item.kind.upper() != wording.NOTE]
    entries = item_content.entries_of(items, setting)
    title = _title(document, setting)
    return {
        "lang": (get_language() or "en")[:2],
        "title": setting.plainly(title),
        "short": textwrap.shorten(setting.plainly(title), SHORT_TITLE, placeholder=" …"),
        "heading": setting.runs(title),
        "creator": setting.plainly(document.municipality or snapshot.place),
        "running": setting.plainly(" · ".join(dict.fromkeys(_running(document)))),
        "page": {"page": pgettext("of a document", "Page"), "of": pgettext("page 1 of 2", "of")},
        "plain": made.is_plain,
        "contents": _("Contents") if len(entries) in WITH_CONTENTS and not made.is_plain else "",
        "notices": [setting.runs(notice) for notice in _notices(document, setting, made)],
        "facts": [{"label": label, "runs": runs} for label, runs in _facts(document, setting, made)],
        "about": _("About this document"),
        "section": _("What was written"),
        "entries": entries,
        "closing": {"heading": _("About the presentation"), "lines": [setting.runs(line) for line in _closing()]},
    }


def _title(document: Document, setting: Setting) -> str:
    title = document.title or document.snapshot.title
    if document.redactions and setting.redactor.withholds_title(title):
        return document.redactions.public_title or _("Title withheld")
    return title or _("Without title")


def _running(document: Document) -> Iterator[str]:
    snapshot = document.snapshot
    yield from filter(None, (document.municipality, snapshot.place, wording.channel(snapshot.channel)))
    if number := document.journal_number or document.case_number:
        yield number


def _notices(document: Document, setting: Setting, made: Made) -> Iterator[str]:
    if made.is_plain:
        yield _(
            "This is a plainer form of the document, because the usual form could not be made. All text is here; "
            "pictures are named, not shown, and many signs are shown as code points."
        )
    if document.redactions is not None:
        yield _("Parts of this document are withheld. The grounds are:")
        yield from (f"{number}: {ground}" for number, ground in enumerate(setting.redactor.grounds, 1))


def _facts(document: Document, setting: Setting, made: Made) -> Iterator[Line]:
    snapshot = document.snapshot
    named = (
        (_("Public body"), document.municipality),
        (_("Place"), snapshot.place),
        (_("Channel"), wording.channel(snapshot.channel)),
        (_("Case number"), document.case_number),
        (_("Journal number"), document.journal_number),
        (_("Captured at"), wording.time(snapshot.taken_at)),
        (_("Document made at"), wording.time(made.at)),
        (_("Number of texts"), str(len(snapshot.items))),
        *(wording.fact(code, value) for code, value in sorted(snapshot.facts.items())),
    )
    yield from ((setting.plainly(label), setting.runs(value)) for label, value in named if value)
    if document.redactions is None:
        if snapshot.permalink:
            yield _("Address"), setting.runs(snapshot.permalink)
        yield _("SHA-256 of the original data (JSON)"), [sha256(canonical.to_bytes(snapshot)).hexdigest()]
    yield _("Reference"), setting.runs(f"{snapshot.subject.kind} {snapshot.subject.id}")


def _closing() -> Iterator[str]:
    yield _("Times are Norwegian time (Europe/Oslo); the same moment in UTC follows in brackets.")
    yield _("A sign that the fonts lack, or that one would not see, is shown as its code point, such as [U+1FAE0].")
    yield _("Checksums are SHA-256: of a text in UTF-8, of a file, and of the original delivery from the platform.")
    yield _("The original data is kept beside this document and holds every sign unchanged.")
