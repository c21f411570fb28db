"""How commands load what they change: locked, and absent when out of sight."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.openness.models import AccessRequest, JournalSettings, PublicEntry
from torg.people.models import Scope
from torg.people.policies import check_may
from torg.people.types import Permission


def settings_now() -> JournalSettings | None:
    """How the journal is published; None before anybody has said."""
    return JournalSettings.objects.first()


def secret_scope_ids() -> Sequence[UUID]:
    """The scopes of secret groups."""
    return list(Scope.objects.filter(is_secret=True).values_list("id", flat=True))


def entry_for_review(public_entry_id: UUID, *, by: Actor, at: datetime) -> PublicEntry:
    """The public entry, locked; raises NotFound, NotAllowed."""
    rows = PublicEntry.objects.visible_to(by, at=at).select_related("entry__case_file").select_for_update(of=("self",))
    row: PublicEntry | None = rows.filter(public_id=public_entry_id).first()
    if row is None:
        raise NotFound(_("There is no such journal entry."))
    check_may(by, Permission.JOURNAL, scope_id=row.scope_id, at=at)
    return row


def request_for_change(request_id: UUID, *, by: Actor, at: datetime) -> AccessRequest:
    """The access request, locked; raises NotFound, NotAllowed."""
    rows = AccessRequest.objects.visible_to(by, at=at).select_related("entry__case_file")
    found: AccessRequest | None = rows.select_for_update(of=("self",)).filter(public_id=request_id).first()
    if found is None:
        raise NotFound(_("There is no such access request."))
    check_may(by, Permission.JOURNAL, scope_id=found.scope_id, at=at)
    return found


def request_by_secret(secret: str, *, at: datetime) -> AccessRequest:
    """The request that this link leads to; raises NotFound, also when the link has ended."""
    rows = AccessRequest.objects.filter(link_digest=digest_of(secret)).select_related("entry__case_file")
    found: AccessRequest | None = rows.first()
    if found is None or (found.link_ends_at is not None and found.link_ends_at <= at):
        raise NotFound(_("This link does not lead anywhere, or it has ended. Ask us for a new one."))
    return found


def asked_together(request: AccessRequest) -> Sequence[AccessRequest]:
    """The other requests that came as one with this; whoever has the link to one asked for them all."""
    if request.bundle is None:
        return []
    same = AccessRequest.objects.filter(bundle=request.bundle).exclude(pk=request.pk)
    return list(same.select_related("entry__case_file").order_by("id"))


def digest_of(secret: str) -> str:
    """How a request is found by the secret in its link."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
