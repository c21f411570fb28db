"""What waits to be followed up: uploads to search, consents and rights that have ended."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from torg.media.models import Consent, Medium
from torg.media.types import Kind, MediumState, ScanState
from torg.records.days import day_of


def unsearched(*, limit: int) -> list[int]:
    """Keys of media that no scanner has judged, those that wait first."""
    waits = Q(scan_state__in=[ScanState.WAITING, ScanState.NO_SCANNER])
    kept = Medium.objects.filter(waits, state__in=[MediumState.KEPT, MediumState.SET_ASIDE])
    return list(kept.order_by("-scan_state", "added_at").values_list("pk", flat=True)[:limit])


def films_without_sizes() -> list[Medium]:
    """Films in the library that nobody has asked to make ready."""
    return list(Medium.objects.filter(kind=Kind.FILM, sizes=None, state=MediumState.KEPT))


def ended_consents(*, at: datetime) -> list[UUID]:
    """Consents whose last day has passed, and whose end nobody has followed up."""
    ended = Consent.objects.filter(withdrawn_at=None, ended_at=None, until_on__lt=day_of(at))
    return list(ended.order_by("until_on").values_list("public_id", flat=True))


def ended_rights(*, at: datetime) -> list[UUID]:
    """Media that we may not use any more, and whose end nobody has followed up."""
    ended = Medium.objects.filter(ended_at=None, until_on__lt=day_of(at)).exclude(state=MediumState.DELETED)
    return list(ended.order_by("until_on").values_list("public_id", flat=True))
