"""Applications to open a page, and the figures that speak for or against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from django.conf import settings
from django.db.models import Exists, Q, QuerySet
from django.utils.module_loading import import_string

from torg.core.actors import Actor
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission
from torg.registry.definitions import DEFINITIONS
from torg.registry.models import Application, FigureTold, Measurement, PresenceKind
from torg.registry.queries.presences import official
from torg.registry.types import Activity, ActivitySource
from torg.registry.words import ApplicationState, Measure, Quantity

WEEKS = 12


def applications_for(actor: Actor, *, at: datetime) -> QuerySet[Application]:
    """Those that `actor` has sent, and those in scopes that the actor manages; what waits first, then the newest."""
    rows: QuerySet[Application] = Application.objects.all()
    if isinstance(actor, Person):
        managed = people.scopes_for(actor, Permission.MANAGE_PRESENCE, at=at).values("id")
        rows = rows.filter(Q(sent_by=actor) | Q(scope_id__in=managed))
    return rows.order_by("decided_at", "-sent_at")


def applications_to_decide(person: Person, *, at: datetime) -> QuerySet[Application]:
    """Those that wait for a decision that `person` can make: nobody decides what they have applied for themselves."""
    everywhere = people.roles_giving(person, Permission.MANAGE_PRESENCE, at=at).filter(scope=None)
    managed = people.scopes_for(person, Permission.MANAGE_PRESENCE, at=at).values("id")
    waiting = Application.objects.filter(Exists(everywhere), state=ApplicationState.SENT, scope_id__in=managed)
    return waiting.exclude(sent_by=person)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the main page offers instead, and how local pages have fared, over the last weeks.

    `followers` is None while nobody has measured them; local pages whose posts do not reach us are counted apart.
    """

    weeks: int
    main_page: str
    followers: Decimal | None
    posts: int
    local_pages: int
    local_pages_keeping_up: int
    local_pages_unseen: int


def advice(*, at: datetime) -> Advice | None:
    """The figures, of pages that the public knows of; None where no main page is registered."""
    pages = list(official().filter(kind__in=(PresenceKind.MAIN_PAGE, PresenceKind.LOCAL_PAGE)))
    main = next((page for page in pages if page.kind == PresenceKind.MAIN_PAGE), None)
    if main is None:
        return None
    since = at - timedelta(weeks=WEEKS)
    counted = cast("ActivitySource", import_string(settings.PRESENCE_ACTIVITY))
    told = counted([page.scope_id for page in pages], since, at)
    local = [told.get(page.scope_id, Activity()) for page in pages if page.kind == PresenceKind.LOCAL_PAGE]
    seen = [one for one in local if one.is_seen]
    return Advice(
        weeks=WEEKS,
        main_page=main.name,
        followers=_followers([main.pk]),
        posts=told.get(main.scope_id, Activity()).posts,
        local_pages=len(seen),
        local_pages_keeping_up=sum(one.weeks_with_posts >= WEEKS for one in seen),
        local_pages_unseen=len(local) - len(seen),
    )


def _followers(presence_ids: Sequence[int]) -> Decimal | None:
    codes = [one.code for told in DEFINITIONS.values() for one in told if one.quantity == Quantity.FOLLOWERS]
    fetched = FigureTold.objects.filter(presence__in=presence_ids, code__in=codes).order_by("-told_on", "-id").first()
    if fetched is not None:
        return Decimal(fetched.value)
    rows = Measurement.objects.filter(goal__presence__in=presence_ids, goal__measure=Measure.FOLLOWERS)
    found = rows.order_by("-measured_on", "-id").values_list("value", flat=True).first()
    return cast("Decimal | None", found)
