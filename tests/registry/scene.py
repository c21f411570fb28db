"""A page, its people, and what is typed about it; every name is invented."""

from datetime import date, timedelta
from decimal import Decimal

from torg.files import commands as files
from torg.people.models import Unit
from torg.registry import commands as registry
from torg.registry.models import PresenceExport, PresenceKind
from torg.registry.types import (
    Aim,
    Description,
    Ending,
    Measured,
    PrivacyFound,
    Profile,
    Reviewed,
    Terms,
    WayIn,
    Wish,
)
from torg.registry.words import (
    ExportState,
    Followers,
    Keeping,
    Kept,
    Measure,
    Privacy,
    ReviewOutcome,
    SecondFactor,
)

AHEAD, BEHIND = date(2027, 3, 10), date(2026, 3, 9)
HOSTILE = '<script>alert("x")</script> {{ 7 }} \u202e'
AIM = Aim(Measure.FOLLOWERS, "Flere følger oss", "følgere", Decimal(2000), AHEAD)
MEASURED = Measured(Decimal(1500), BEHIND, "Sidens egen statistikk")
WHOLE = Profile(True, True, True, True, True, True)
ACCEPTABLE = PrivacyFound(Privacy.ACCEPTABLE, "Få opplysninger, ingen sensitive.", AHEAD, is_near_vulnerable=False)
REVIEWED = Reviewed(ReviewOutcome.KEEP, AHEAD)
TERMS = Terms("Beskjeder til foresatte, barnehageloven § 1", "Foresatte i gruppa", "Skriftlig samtykke hvert år")
ENDING = Ending(Followers.TOLD, Kept.ARCHIVED, "Siste innlegg fortalte det.")


def way_in(holder, **changed):
    told = {"keeping": Keeping.VAULT, "holder": holder, "second_factor": SecondFactor.KEY, "changed_on": BEHIND}
    return WayIn(**{**told, **changed})


def wish(owner, *, kind=PresenceKind.LOCAL_PAGE, **changed):
    unit, _is_new = Unit.objects.get_or_create(name="Kultur")
    told = {
        "description": Description(name="Eksempelvik kino", kind=kind, purpose="Ukens filmer", unit=unit),
        "owner": owner,
        "target_groups": "Alle som går på kino",
        "why_not_main_page": "Program hver uke",
        "posts_per_week": 2,
        "answers_next_working_day": True,
        "follows_profile": True,
        "terms": TERMS if kind in (PresenceKind.CLOSED_GROUP, PresenceKind.SECRET_GROUP) else None,
    }
    return Wish(**{**told, **changed})


def exported(page, *, by, at, days_ago=0):
    """An export of the page that was made so many days ago."""
    file = files.store(data=b"PK", claimed_type=None, at=at)
    return PresenceExport.objects.create(
        presence=page,
        scope_id=page.scope_id,
        state=ExportState.READY,
        ordered_by=by,
        ordered_at=at,
        made_at=at - timedelta(days=days_ago),
        expires_at=at + timedelta(days=90),
        sha256=file.sha256,
        size=2,
    )


def whole(page, *, by, other, at):
    """All that is asked of a page."""
    on = {"presence_id": page.public_id, "by": by, "at": at}
    goal = registry.set_goal(aim=AIM, **on)
    registry.measure_goal(goal_id=goal.public_id, measured=MEASURED, by=by, at=at)
    registry.record_custody(way_in=way_in(by), **on)
    registry.check_profile(profile=WHOLE, **on)
    registry.assess_privacy(found=ACCEPTABLE, **on)
    registry.review_presence(reviewed=REVIEWED, **on)
    for person in (by, other):
        registry.add_administrator(person=person, **on)
