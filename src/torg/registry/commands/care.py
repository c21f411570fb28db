"""What is looked after on a presence: the way in, the profile, privacy, the terms of a group, the yearly review."""

from dataclasses import asdict
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people.acting import person_or_none
from torg.registry import checking, events, loading
from torg.registry.models import Custody, Dated, GroupTerms, Presence, PrivacyAssessment, ProfileCheck, Review
from torg.registry.types import PrivacyFound, Profile, Reviewed, Terms, WayIn
from torg.registry.words import GROUPS, Privacy

Row = TypeVar("Row", bound=Dated)


@transaction.atomic
def record_custody(*, presence_id: UUID, way_in: WayIn, by: Actor, at: datetime) -> Custody:
    """Record how the log-in is kept; there is no field in which a secret could be written.

    Raises NotFound, NotAllowed, InvalidTransition when the presence is closed, Invalid for a day to come.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    if way_in.changed_on is not None:
        checking.check_passed(way_in.changed_on, "changed_on", at)
    fields = {name: getattr(way_in, name) for name in ("keeping", "holder", "second_factor", "changed_on")}
    row = _row(Custody, presence, fields, by=by, at=at)
    facts = {"keeping": way_in.keeping.value, "second_factor": way_in.second_factor.value}
    audit.record(events.CUSTODY_RECORDED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return row


@transaction.atomic
def check_profile(*, presence_id: UUID, profile: Profile, by: Actor, at: datetime) -> ProfileCheck:
    """Record a look at the profile, point by point. Raises NotFound, NotAllowed, InvalidTransition when closed."""
    presence = loading.managed(presence_id, by=by, at=at)
    row = _row(ProfileCheck, presence, asdict(profile), by=by, at=at)
    facts = {"missing": len(row.missing)}
    audit.record(events.PROFILE_CHECKED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return row


@transaction.atomic
def assess_privacy(*, presence_id: UUID, found: PrivacyFound, by: Actor, at: datetime) -> PrivacyAssessment:
    """Record what an assessment of privacy ended in (personvernforordningen art. 35), and when it is made again.

    Raises NotFound, NotAllowed, InvalidTransition when closed, Invalid without grounds, measures or a day ahead, and
    where the vulnerable are and no measures are found necessary.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    checking.check_written(found.grounds, "grounds")
    if found.outcome == Privacy.WITH_MEASURES:
        checking.check_written(found.measures, "measures")
    if found.is_near_vulnerable and found.outcome in (Privacy.NO_NEED, Privacy.ACCEPTABLE):
        raise Invalid(
            _("Where children or others who are vulnerable are, write down measures, or that it is not acceptable."),
            field="outcome",
        )
    checking.check_ahead(found.review_on, "review_on", at)
    row = _row(PrivacyAssessment, presence, asdict(found), by=by, at=at)
    facts = {"outcome": found.outcome.value}
    audit.record(events.PRIVACY_ASSESSED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return row


@transaction.atomic
def set_terms(*, presence_id: UUID, terms: Terms, by: Actor, at: datetime) -> GroupTerms:
    """Set what a group may be (strategy C5): its ground, its members, how consent to pictures is asked for.

    Raises NotFound, NotAllowed, InvalidTransition when closed, Invalid for what is no group or says too little.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    if presence.kind not in GROUPS:
        raise Invalid(_("Only a group has terms."))
    checking.check_terms(terms)
    row = _row(GroupTerms, presence, asdict(terms), by=by, at=at)
    audit.record(events.TERMS_SET, actor=by, scope=presence.scope_id, target=presence, at=at)
    return row


@transaction.atomic
def review_presence(*, presence_id: UUID, reviewed: Reviewed, by: Actor, at: datetime) -> Review:
    """Record the yearly review, and when the next one is.

    Raises NotFound, NotAllowed, InvalidTransition when closed, Invalid when the next one is not ahead.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    checking.check_ahead(reviewed.next_on, "next_on", at)
    row = _row(Review, presence, asdict(reviewed), by=by, at=at)
    facts = {"outcome": reviewed.outcome.value}
    audit.record(events.REVIEWED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return row


def _row(model: type[Row], presence: Presence, fields: dict[str, object], *, by: Actor, at: datetime) -> Row:
    row = model(scope_id=presence.scope_id, presence=presence, **fields)
    row.recorded_by, row.recorded_at = person_or_none(by), at
    row.save(force_insert=True)
    return row
