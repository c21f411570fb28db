"""Keep one more form of a document."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.files import commands as files
from torg.records import events, keeping
from torg.records.acting import Act
from torg.records.codes import Variant
from torg.records.loading import entry_for_change
from torg.records.models import DocumentObject
from torg.records.variants import Made


@transaction.atomic
def keep_variant(*, entry_id: UUID, made: Made, by: Actor, at: datetime) -> DocumentObject | None:
    """Keep a file that was made for one of the entry's documents; None when the same is kept already.

    A variant may come after archiving (krav 3.2.27): what was archived first is not touched. Raises NotFound.
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    stored = files.store(data=made.data, claimed_type=None, at=at)
    same = DocumentObject.objects.filter(document=made.document, variant=made.described["variant"])
    version = made.described.get("version", 1)
    newest = same.filter(version=version).order_by("-part").first()
    is_first_and_only = newest is not None and made.described["variant"] != Variant.REDACTED
    if is_first_and_only or (newest is not None and newest.sha256 == stored.sha256):
        return None
    kept = keeping.keep_file(made.document, stored.sha256, Act(by, at), **made.described)
    facts: dict[str, int | str] = {"variant": kept.variant, "version": kept.version}
    audit.record(events.VARIANT_ADDED, actor=by, scope=entry.scope_id, target=entry, at=at, facts=facts)
    return kept
