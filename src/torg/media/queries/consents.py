"""The register of consents, and the routine in force."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.media import default_routine
from torg.media.models import Consent, Routine
from torg.people.types import Permission
from torg.records.days import day_of


def consents_for(actor: Actor, *, at: datetime, holding: bool = True, text: str = "") -> QuerySet[Consent]:
    """The consents that `actor` works with, by when they end: those that hold, or the others."""
    on = day_of(at)
    seen = Consent.objects.visible_to(actor, at=at, permission=Permission.PUBLISH)
    holds = Q(withdrawn_at=None, until_on__gte=on)
    found = seen.filter(holds) if holding else seen.exclude(holds)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(guardian__icontains=text) | Q(purpose__icontains=text))
    counted: QuerySet[Consent] = found.annotate(media=Count("depictions")).order_by("until_on", "id")
    return counted


def ending_consents(actor: Actor, *, at: datetime) -> QuerySet[Consent]:
    """Those that end within the routine's days of warning."""
    last = day_of(at) + timedelta(days=routine_in_force().warn_days)
    return consents_for(actor, at=at).filter(until_on__lte=last)


def consent_or_absent(actor: Actor, public_id: UUID, *, at: datetime, lock: bool = False) -> Consent:
    """The consent, if `actor` works with consents where it belongs; raises NotFound otherwise."""
    seen = Consent.objects.visible_to(actor, at=at, permission=Permission.PUBLISH)
    if lock:
        seen = seen.select_for_update()
    consent: Consent | None = seen.filter(public_id=public_id).first()
    if consent is None:
        raise NotFound(_("There is no such consent."))
    return consent


def routine_in_force() -> Routine:
    """The newest routine; until somebody has made one, ours, unsaved."""
    newest = Routine.objects.order_by("-made_at", "-id").first()
    return newest or Routine(
        text=default_routine.text(),
        take_down_days=default_routine.TAKE_DOWN_DAYS,
        child_take_down_days=default_routine.CHILD_TAKE_DOWN_DAYS,
        warn_days=default_routine.WARN_DAYS,
    )
