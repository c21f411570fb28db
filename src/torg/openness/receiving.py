"""How an access request becomes a row, inside the commands that receive one."""

from datetime import datetime
from uuid import UUID

from torg.core import chance, jobs, sealing
from torg.core.actors import Actor
from torg.openness import deadlines, loading
from torg.openness.models import AccessRequest
from torg.openness.types import Ask
from torg.records import actors
from torg.records.models import JournalEntry


def receive(
    entry: JournalEntry, wanted: Ask, came: datetime, *, by: Actor, bundle: UUID | None = None
) -> tuple[AccessRequest, str]:
    """A request about one document, and the secret of its link; nobody is told yet."""
    secret = chance.secret()
    request = AccessRequest.objects.create(
        scope_id=entry.scope_id,
        entry=entry,
        bundle=bundle,
        way=wanted.way,
        name=wanted.name,
        email=wanted.email,
        address=wanted.address,
        wish=wanted.wish,
        language=wanted.language,
        received_at=came,
        due_on=deadlines.due_on(came),
        link_digest=loading.digest_of(secret),
        link_sealed=sealing.seal(secret),
        entered_by=actors.told(by),
    )
    return request, secret


def tell_later(request: AccessRequest) -> None:
    """Whoever asked gets an e-mail, where we have an address."""
    if request.email:
        jobs.enqueue("openness.tell_requester", request_id=str(request.public_id))
