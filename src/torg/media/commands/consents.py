"""Register consents, tell who is depicted, and withdraw."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.files import sniffing
from torg.media import events, keeping, policies, queries, taking_down
from torg.media.models import Consent, Depiction, Medium
from torg.media.types import ConsentGiven, TakeDownReason
from torg.people.acting import person_or_none
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.records import actors
from torg.records.days import day_of

PROOF_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})


@transaction.atomic
def register_consent(*, given: ConsentGiven, by: Actor, at: datetime, proof: bytes = b"") -> Consent:
    """Register that somebody lets us show pictures (samtykke); `proof` is the signed form, PDF, JPEG or PNG.

    Raises NotAllowed without the right to publish there, Invalid for one that would not hold.
    """
    check_may(by, Permission.PUBLISH, scope_id=given.scope_id, at=at)
    policies.check_consent(given, on=day_of(at))
    if proof and sniffing.media_type(proof) not in PROOF_TYPES:
        raise Invalid(_("The signed form must be a PDF, JPEG or PNG."), field="proof")
    consent = Consent.objects.create(
        scope_id=given.scope_id,
        name=given.name.strip(),
        contact=given.contact.strip(),
        purpose=given.purpose.strip(),
        channels=[str(channel) for channel in given.channels],
        given_on=given.given_on,
        until_on=given.until_on,
        is_child=given.is_child,
        guardian=given.guardian.strip() if given.is_child else "",
        other_guardian=given.other_guardian.strip() if given.is_child else "",
        child_was_heard=given.is_child and given.child_was_heard,
        proof_sha256=keeping.keep(proof, at=at) if proof else "",
        registered_at=at,
        registered_by=person_or_none(by),
    )
    if proof:
        keeping.hold_proof(consent, at=at)
    facts: dict[str, int | str] = {"is_child": int(consent.is_child), "until_on": consent.until_on.isoformat()}
    audit.record(events.CONSENT_REGISTERED, actor=by, scope=consent.scope_id, target=consent, at=at, facts=facts)
    return consent


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, by: Actor, at: datetime) -> int:
    """Register that a consent is withdrawn, which needs no reason; returns how many tasks to take media down it made.

    Nothing with that person can be published from this moment (personvernforordningen art. 7 no. 3).
    Raises NotFound, InvalidTransition when it is withdrawn already.
    """
    consent = queries.consent_or_absent(by, consent_id, at=at, lock=True)
    if consent.withdrawn_at is not None:
        raise InvalidTransition(_("The consent is withdrawn already. Load the page again."))
    consent.withdrawn_at, consent.withdrawn_by = at, actors.told(by)
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    tasks = taking_down.ask_for(
        _depicting(consent), reason=TakeDownReason.CONSENT_WITHDRAWN, is_child=consent.is_child, at=at
    )
    audit.record(
        events.CONSENT_WITHDRAWN, actor=by, scope=consent.scope_id, target=consent, at=at, facts={"tasks": tasks}
    )
    return tasks


@transaction.atomic
def end_consent(*, consent_id: UUID, by: Actor, at: datetime) -> int:
    """Follow up that a consent's last day has passed; returns how many tasks it made.

    Raises NotFound, InvalidTransition when it still holds, or is followed up already.
    """
    consent = queries.consent_or_absent(by, consent_id, at=at, lock=True)
    if consent.withdrawn_at or consent.ended_at or consent.until_on >= day_of(at):
        raise InvalidTransition(_("The consent still holds, or its end is followed up already."))
    consent.ended_at = at
    consent.save(update_fields=["ended_at"])
    tasks = taking_down.ask_for(
        _depicting(consent), reason=TakeDownReason.CONSENT_ENDED, is_child=consent.is_child, at=at
    )
    audit.record(events.CONSENT_ENDED, actor=by, scope=consent.scope_id, target=consent, at=at, facts={"tasks": tasks})
    return tasks


@transaction.atomic
def note_depiction(*, medium_id: UUID, consent_id: UUID, by: Actor, at: datetime) -> Depiction:
    """Note that the person of a consent can be recognised in a medium of the same page.

    Raises NotFound, NotAllowed, Invalid for a consent of another page.
    """
    medium = queries.medium_or_absent(by, medium_id, at=at)
    policies.check_can_keep(by, medium, at=at)
    consent = queries.consent_or_absent(by, consent_id, at=at, lock=True)
    if consent.scope_id != medium.scope_id:
        raise Invalid(_("The consent belongs to another page. Register it here too."), field="consent")
    noted, _is_new = Depiction.objects.get_or_create(medium=medium, consent=consent, defaults={"noted_at": at})
    facts = {"consent": str(consent.public_id)}
    audit.record(events.DEPICTION_NOTED, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return noted


@transaction.atomic
def end_depiction(*, medium_id: UUID, consent_id: UUID, by: Actor, at: datetime) -> None:
    """Note that the person is not in the medium after all. Raises NotFound, NotAllowed, InvalidTransition.

    Not once the consent is withdrawn: the tasks that followed must be told from something.
    """
    medium = queries.medium_or_absent(by, medium_id, at=at)
    policies.check_can_keep(by, medium, at=at)
    consent = queries.consent_or_absent(by, consent_id, at=at, lock=True)
    if consent.withdrawn_at is not None:
        raise InvalidTransition(
            _("The consent is withdrawn, and the picture must come down. It cannot be undone here.")
        )
    Depiction.objects.filter(medium=medium, consent=consent).delete()
    facts = {"consent": str(consent.public_id)}
    audit.record(events.DEPICTION_ENDED, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)


def _depicting(consent: Consent) -> list[Medium]:
    return list(Medium.objects.filter(depictions__consent=consent).exclude(state="DELETED").order_by("pk"))
