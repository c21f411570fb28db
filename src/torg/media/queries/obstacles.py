"""What forbids publishing a medium now, and what should be thought of."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from torg.media import scanning
from torg.media.contrast import ENOUGH, ENOUGH_WHEN_LARGE
from torg.media.models import Consent, Medium
from torg.media.types import (
    ConsentChannel,
    Kind,
    MediumState,
    Obstacle,
    ObstacleCode,
    People,
    ScanState,
    SizeState,
)
from torg.records.days import day_of


def obstacles(medium: Medium, *, at: datetime, channel: ConsentChannel | None = None) -> list[Obstacle]:
    """Everything that forbids publishing `medium` now; with `channel`, also a consent that does not cover it."""
    codes = [*_of_file(medium), *_of_people(medium, day_of(at), channel), *_of_form(medium)]
    if not medium.has_rights(on=day_of(at)):
        codes.append(ObstacleCode.RIGHTS_ENDED)
    if medium.poster_from is not None and obstacles(medium.poster_from, at=at, channel=channel):
        codes.append(ObstacleCode.POSTER_FORBIDDEN)
    return [Obstacle(code) for code in dict.fromkeys(codes)]


def concerns(medium: Medium) -> list[str]:
    """What does not forbid publishing, but should be thought of first."""
    found = []
    if medium.scan_state == ScanState.NO_SCANNER:
        found.append(_("It is not searched for viruses, because no virus scanner is set up here."))
    if medium.contrast is not None and medium.contrast < ENOUGH * 100:
        told = {"ratio": f"{medium.contrast / 100:.1f}", "wanted": ENOUGH, "large": ENOUGH_WHEN_LARGE}
        found.append(
            _("Its main colours have a contrast of about %(ratio)s to 1; text needs %(wanted)s, large text %(large)s.")
            % told
        )
    if medium.holds_text:
        found.append(
            _("It holds text. Text in pictures cannot be enlarged, translated or read aloud: write it beside.")
        )
    if medium.media_type in {"image/gif", "image/webp"}:
        found.append(_("If it moves, only its first picture is published."))
    return found


def _of_file(medium: Medium) -> Iterator[ObstacleCode]:
    if medium.state == MediumState.INFECTED or medium.scan_state == ScanState.INFECTED:
        yield ObstacleCode.INFECTED
    elif medium.state != MediumState.KEPT:
        yield ObstacleCode.NOT_IN_USE
    if medium.scan_state == ScanState.WAITING or (medium.scan_state == ScanState.NO_SCANNER and scanning.is_on()):
        yield ObstacleCode.NOT_SCANNED
    if not medium.can_be_stripped:
        yield ObstacleCode.NOT_STRIPPED


def _of_people(medium: Medium, on: date, channel: ConsentChannel | None) -> Iterator[ObstacleCode]:
    consents = [row.consent for row in medium.depictions.all()]
    if medium.people == People.CONSENT and not consents:
        yield ObstacleCode.CONSENT_MISSING
    for consent in consents:
        yield from _of_consent(consent, on, channel)


def _of_consent(consent: Consent, on: date, channel: ConsentChannel | None) -> Iterator[ObstacleCode]:
    if consent.withdrawn_at is not None:
        yield ObstacleCode.CONSENT_WITHDRAWN
    elif not consent.holds(on=on):
        yield ObstacleCode.CONSENT_ENDED
    elif channel is not None and channel not in consent.channels:
        yield ObstacleCode.CONSENT_NOT_HERE


def _of_form(medium: Medium) -> Iterator[ObstacleCode]:
    if medium.is_picture and medium.holds_text and not medium.text.strip():
        yield ObstacleCode.TEXT_NOT_TOLD
    if medium.is_film and not medium.is_silent and not medium.captions_now:
        yield ObstacleCode.NO_CAPTIONS
    if medium.is_film:
        yield from _of_sizes(medium)
    # WCAG 2.1, 1.2.1: what is only heard is written down, and what is only seen is told.
    if medium.is_film and medium.is_silent and not medium.text.strip():
        yield ObstacleCode.FILM_NOT_TOLD
    if medium.kind == Kind.SOUND and not medium.text.strip():
        yield ObstacleCode.NO_TRANSCRIPT


def _of_sizes(medium: Medium) -> Iterator[ObstacleCode]:
    """One size is enough to show it; the others follow by themselves."""
    states = {size.state for size in medium.sizes.all()}
    if SizeState.READY not in states:
        is_over = states and states <= {SizeState.FAILED}
        yield ObstacleCode.FILM_FAILED if is_over else ObstacleCode.FILM_NOT_READY
