"""An entry's documents and the files they are kept in."""

import mimetypes

from django.utils.translation import gettext as _

from torg.files import commands as holding
from torg.files import queries as files
from torg.records import titling
from torg.records.acting import Act
from torg.records.codes import DocumentRole, Variant
from torg.records.models import Capture, DocumentObject, JournalEntry, RecordDocument
from torg.records.types import Snapshot

JSON_PUID = "fmt/817"
HOLDER, REASON = "records.document", "JOURNALED"


def add_documents(entry: JournalEntry, snapshot: Snapshot, document_type: str, act: Act) -> None:
    """The main document with its originals, and one document for each attachment that is kept."""
    main = _document(entry, act, title=entry.title, public_title=entry.public_title, document_type=document_type)
    keep_originals(main, entry.capture, snapshot, act)
    attached = {found.sha256: found for item in snapshot.items for found in item.attachments if found.sha256}
    there = files.kept(set(attached))
    for number, found in enumerate((found for sha256, found in attached.items() if sha256 in there), 1):
        plain = _("Attachment %(number)d") % {"number": number}
        document = _document(
            entry, act, number=number + 1, role=DocumentRole.ATTACHMENT, title=found.title or plain, public_title=plain
        )
        name = f"attachment-{number}{mimetypes.guess_extension(found.media_type) or '.bin'}"
        keep_file(document, str(found.sha256), act, variant=Variant.PRODUCTION, capture=entry.capture, file_name=name)


def keep_originals(
    document: RecordDocument, capture: Capture, snapshot: Snapshot, act: Act, *, version: int = 1
) -> None:
    """The capture, each raw delivery that is still there, and the conversation where the capture holds a branch."""
    original = {"variant": Variant.PRODUCTION, "version": version, "capture": capture}
    keep_file(
        document, capture.sha256, act, media_type="application/json", puid=JSON_PUID, is_archival=True,
        file_name="snapshot.json", **original,
    )  # fmt: skip
    deliveries = dict.fromkeys(sha256 for item in snapshot.items for sha256 in item.deliveries)
    there = files.kept({*deliveries, *([snapshot.context] if snapshot.context else [])})
    kept = [sha256 for sha256 in deliveries if sha256 in there]
    for part, sha256 in enumerate(kept, 2):
        keep_file(document, sha256, act, part=part, file_name=f"delivery-{part - 1}.json", **original)
    if snapshot.context and snapshot.context in there:
        keep_file(document, snapshot.context, act, part=len(kept) + 2, file_name="conversation.json", **original)


def keep_file(document: RecordDocument, sha256: str, act: Act, **described: object) -> DocumentObject:
    """One more file of a document, held as long as there is a journal; `described` are fields of DocumentObject."""
    stored = files.stored(sha256)
    fields = {"media_type": stored.media_type, "made_at": act.at, "made_by": act.told, **described}
    kept: DocumentObject = DocumentObject.objects.create(
        scope_id=document.scope_id, document=document, sha256=sha256, size=stored.size, **fields
    )
    holding.hold(
        sha256=sha256, holder_kind=HOLDER, holder_id=document.public_id, reason=REASON, at=act.at,
        scope=document.scope_id,
    )  # fmt: skip
    return kept


def _document(entry: JournalEntry, act: Act, *, title: str, public_title: str, **fields: object) -> RecordDocument:
    described = {"number": 1, "role": DocumentRole.MAIN, "document_type": "", **fields}
    described["document_type"] = described["document_type"] or _("Conversation in social media")
    made: RecordDocument = RecordDocument.objects.create(
        scope_id=entry.scope_id,
        entry=entry,
        title=titling.fitted(title),
        public_title=titling.fitted(public_title),
        made_by=act.told,
        made_at=act.at,
        **described,
    )
    return made
