"""Who may do what in the library, and what a consent must hold."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.media.models import Medium
from torg.media.types import PICTURES, ConsentGiven, Description, Kind, TakeDownState
from torg.people.policies import check_may
from torg.people.queries import is_secret
from torg.people.types import Permission

# A consent of today should not bind anybody for a lifetime.
LONGEST_CONSENT_YEARS = 5


def check_can_keep(by: Actor, medium: Medium, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` may change this medium: those who publish on its own page."""
    check_may(by, Permission.PUBLISH, scope_id=medium.scope_id, at=at)


def check_description(told: Description, *, kind: Kind) -> None:
    """Raise Invalid for a description that lacks something, each at its field."""
    if not told.title.strip():
        raise Invalid(_("Write a title, so that colleagues find it."), field="title")
    if not told.rights.owner.strip():
        raise Invalid(_("Write who owns the rights: who took it, or who sold it to us."), field="owner")
    if told.is_graphic and kind not in PICTURES:
        raise Invalid(_("Film and sound are no graphics."), field="is_graphic")
    if told.is_shared and is_secret(told.scope_id):
        raise Invalid(_("What belongs to a secret group is not shared with others."), field="is_shared")


def check_consent(given: ConsentGiven, *, on: date) -> None:
    """Raise Invalid for a consent that could not be shown to be one (personvernforordningen art. 7)."""
    if not given.name.strip() or not given.contact.strip():
        raise Invalid(_("Write the name, and how we reach the person or the guardian."), field="name")
    if not given.purpose.strip():
        raise Invalid(_("Write what the pictures are for, as the person has read it."), field="purpose")
    if not given.channels:
        raise Invalid(_("Choose at least one place where the pictures may be shown."), field="channels")
    if given.given_on > on:
        raise Invalid(_("A consent cannot be given in the future."), field="given_on")
    if given.until_on < given.given_on:
        raise Invalid(_("It ends before it is given."), field="until_on")
    if given.until_on.year - given.given_on.year > LONGEST_CONSENT_YEARS:
        raise Invalid(_("Let it end within five years, and ask again then."), field="until_on")
    if given.is_child:
        _check_guardian(given)


def check_no_open_tasks(medium: Medium) -> None:
    """Raise InvalidTransition while it must come down somewhere: deleting would lose track of where."""
    if medium.take_downs.filter(state=TakeDownState.OPEN).exists():
        raise InvalidTransition(_("It must come down somewhere first. Finish those tasks, and delete it then."))


def _check_guardian(given: ConsentGiven) -> None:
    if not given.guardian.strip():
        raise Invalid(_("For a child, write who with parental responsibility has consented."), field="guardian")
    if not given.child_was_heard:
        raise Invalid(_("Ask the child too, and tick that it is done."), field="child_was_heard")
