"""Change what is told of a medium, and take it out of use."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.media import captioning, events, keeping, policies, queries
from torg.media.languages import CODES
from torg.media.models import AltText, Captions, Medium
from torg.media.models.media import WHOLE
from torg.media.shapes import SHAPES
from torg.media.types import Description, Kind, MediumState

LONGEST_ALT = 1000


@transaction.atomic
def describe(*, medium_id: UUID, description: Description, by: Actor, at: datetime) -> Medium:
    """Change title, rights, people and text; the page that keeps it and its kind stay.

    Raises NotFound, NotAllowed, Invalid.
    """
    medium = _locked(medium_id, by, at)
    kind = Kind(medium.kind)
    policies.check_description(description, kind=kind)
    rights = description.rights
    if rights.until_on != medium.until_on:
        medium.ended_at = None
    medium.title, medium.is_shared = description.title.strip(), description.is_shared
    medium.owner, medium.licence = rights.owner.strip(), rights.licence.strip()
    medium.credit, medium.until_on = rights.credit.strip(), rights.until_on
    medium.people, medium.holds_text = description.people, description.holds_text
    medium.text = description.text.strip()
    medium.save()
    audit.record(events.CHANGED, actor=by, scope=medium.scope_id, target=medium, at=at)
    return medium


@transaction.atomic
def choose_focus(*, medium_id: UUID, x: int, y: int, by: Actor, at: datetime, shape: str = "") -> Medium:
    """Choose the point that crops keep, for all shapes or for one of `torg.media.shapes.SHAPES`.

    Args:
        medium_id: the picture.
        x, y: thousandths from the left and from the top.
        by: who acts.
        at: now.
        shape: for this one only; without it, for all, those with a point of their own included.

    Raises NotFound, NotAllowed, Invalid.
    """
    medium = _locked(medium_id, by, at)
    if not medium.is_picture:
        raise Invalid(_("Only pictures are cropped."))
    if not (0 <= x <= WHOLE and 0 <= y <= WHOLE):
        raise Invalid(_("The point lies outside the picture. Write numbers from 0 to 1000."), field="x")
    if shape and shape not in SHAPES:
        raise Invalid(_("There is no such shape."), field="shape")
    if shape:
        medium.shape_focuses.update_or_create(shape=shape, defaults={"x": x, "y": y})
    else:
        medium.shape_focuses.all().delete()
        medium.focus_x, medium.focus_y = x, y
        medium.save(update_fields=["focus_x", "focus_y"])
    facts: dict[str, int | str] = {"x": x, "y": y, "shape": shape or "all"}
    audit.record(events.FOCUSED, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return medium


@transaction.atomic
def give_captions(*, medium_id: UUID, language: str, data: bytes, by: Actor, at: datetime) -> Captions:
    """Give a film captions in a language, in place of those it has (WCAG 2.1, 1.2.2). SubRip or WebVTT.

    Articles that show the film keep the captions they were approved with, until somebody takes the new ones in.

    Raises NotFound, NotAllowed, Invalid for what is no film or no captions.
    """
    medium = _locked(medium_id, by, at)
    if medium.kind != Kind.FILM:
        raise Invalid(_("Only films have captions. Of sound, write what is said."))
    _check_language(language)
    cues = captioning.read(data)
    vtt = captioning.as_vtt(cues)
    sha256 = hashlib.sha256(vtt.encode()).hexdigest()
    medium.captions.filter(language=language, replaced_at=None).exclude(sha256=sha256).update(replaced_at=at)
    made, _is_new = medium.captions.update_or_create(
        language=language,
        sha256=sha256,
        defaults={"vtt": vtt, "cues": len(cues), "added_at": at, "replaced_at": None},
    )
    facts: dict[str, int | str] = {"language": language, "cues": len(cues)}
    audit.record(events.CAPTIONED, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return made


@transaction.atomic
def note_alt_text(*, medium_id: UUID, language: str, text: str, by: Actor, at: datetime) -> AltText:
    """Remember a text alternative, to be suggested where the picture is used next.

    Whoever sees the medium may: the text belongs to the use as much as to the picture. Raises NotFound, Invalid.
    """
    medium = queries.medium_or_absent(by, medium_id, at=at)
    said = " ".join(text.split())
    if not said or len(said) > LONGEST_ALT:
        raise Invalid(_("Write the alternative text, in at most 1000 signs."), field="text")
    _check_language(language)
    noted, _is_new = AltText.objects.update_or_create(
        medium=medium, language=language, text=said, defaults={"used_at": at}
    )
    audit.record(events.ALT_NOTED, actor=by, scope=medium.scope_id, target=medium, at=at, facts={"language": language})
    return noted


@transaction.atomic
def set_aside(*, medium_id: UUID, by: Actor, at: datetime) -> Medium:
    """Take a medium out of use: nobody can choose it any more, and where it stands it stays.

    Raises NotFound, NotAllowed, InvalidTransition.
    """
    medium = _locked(medium_id, by, at)
    medium.move_to(MediumState.SET_ASIDE)
    medium.save(update_fields=["state"])
    audit.record(events.SET_ASIDE, actor=by, scope=medium.scope_id, target=medium, at=at)
    return medium


@transaction.atomic
def take_back(*, medium_id: UUID, by: Actor, at: datetime) -> Medium:
    """Take a medium into use again. Raises NotFound, NotAllowed, InvalidTransition."""
    medium = _locked(medium_id, by, at)
    medium.move_to(MediumState.KEPT)
    medium.save(update_fields=["state"])
    audit.record(events.TAKEN_BACK, actor=by, scope=medium.scope_id, target=medium, at=at)
    return medium


@transaction.atomic
def delete(*, medium_id: UUID, by: Actor, at: datetime) -> Medium:
    """Delete a medium that is out of use (sletting): its bytes go, unless the archive holds them; the row stays.

    Raises NotFound, NotAllowed, InvalidTransition while it is in use or must come down somewhere.
    """
    medium = _locked(medium_id, by, at)
    policies.check_no_open_tasks(medium)
    medium.move_to(MediumState.DELETED)
    medium.text = medium.credit = medium.poster_alt = ""
    medium.save(update_fields=["state", "text", "credit", "poster_alt"])
    medium.alt_texts.all().delete()
    for made in (medium.captions, medium.sizes, medium.frames):
        made.all().delete()
    keeping.let_go(medium, by=by, at=at)
    audit.record(events.DELETED, actor=by, scope=medium.scope_id, target=medium, at=at)
    return medium


def _locked(medium_id: UUID, by: Actor, at: datetime) -> Medium:
    """Raises NotFound for what one does not see, and for what others share but one may not change."""
    seen = queries.medium_or_absent(by, medium_id, at=at)
    policies.check_can_keep(by, seen, at=at)
    locked: Medium = Medium.objects.select_for_update().get(pk=seen.pk)
    return locked


def _check_language(language: str) -> None:
    if language not in CODES:
        raise Invalid(_("Choose a language."), field="language")
