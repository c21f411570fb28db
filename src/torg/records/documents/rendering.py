"""Makes the document: what was said, as one PDF for the archive and for all readers."""

import json
from collections.abc import Iterator, Set
from datetime import datetime

import structlog
from django.utils import translation
from django.utils.translation import gettext as _

from torg.records.documents import confined, fonts, pictures, typesetting
from torg.records.documents.confined import ConfinedFailure
from torg.records.documents.content import Made, content_of
from torg.records.documents.letters import Letters
from torg.records.documents.redacting import Redactor
from torg.records.documents.setting import Setting
from torg.records.documents.types import Document, DocumentFailed

SECONDS = 60.0

log = structlog.get_logger(__name__)


def render(document: Document, *, language: str, at: datetime) -> bytes:
    """The document as PDF/A-2a that is also PDF/UA-1; the same arguments give the same bytes.

    Args:
        document: what is presented, and what of it is withheld.
        language: of the headings and labels: nb, nn or en; the texts stand as they were written.
        at: when the document is made; printed on it.

    What cannot be set in the usual form is set in a plainer one that keeps all text, and the document says so.
    Raises DocumentFailed when that fails too, Invalid when what is to be withheld is not there.
    """
    with translation.override(language):
        try:
            return _set(document, Made(at))
        except ConfinedFailure as reason:
            log.warning("documents.set_plainly", subject=str(document.snapshot.subject.id), reason=str(reason)[:60])
        try:
            return _set(document, Made(at, is_plain=True))
        except ConfinedFailure as reason:
            raise DocumentFailed(_("The document could not be made. Tell whoever runs Torg.")) from reason


def _set(document: Document, made: Made) -> bytes:
    shown = {} if made.is_plain else dict(_pictures(document))
    coverage: Set[int] = fonts.everyday_coverage() if made.is_plain else fonts.coverage()
    redactor = Redactor(document.snapshot, document.redactions)
    setting = Setting(Letters(coverage), redactor, frozenset(shown))
    content = json.dumps(content_of(document, setting, made))
    timestamp = int(made.at.timestamp())
    return confined.call(typesetting.typeset, content, shown, timestamp, fonts.folders(), seconds=SECONDS)


def _pictures(document: Document) -> Iterator[tuple[str, bytes]]:
    """Those pictures that can be decoded and are not withheld; the others are named only."""
    withheld = set(document.redactions.attachments) if document.redactions else set()
    for item in document.snapshot.items:
        for place, attached in enumerate(item.attachments):
            data = document.files.get(attached.sha256 or "")
            if data is None or attached.sha256 is None or (item.id, place) in withheld:
                continue
            try:
                yield attached.sha256, confined.call(pictures.for_display, data)
            except ConfinedFailure:
                log.info("documents.picture_not_shown", file=attached.sha256)
