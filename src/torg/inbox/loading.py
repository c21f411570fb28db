"""How commands load an enquiry for a change, and put it back."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import InvalidTransition, NotFound, Stale
from torg.inbox import live
from torg.inbox.models import Answer, Enquiry
from torg.inbox.types import Change, ClosedBecause, EnquiryState


def enquiry_for_change(*, enquiry_id: UUID, by: Actor, at: datetime) -> Enquiry:
    """The enquiry, locked; raises NotFound for one that is absent or out of sight."""
    rows = Enquiry.objects.visible_to(by, at=at).select_related("thread__connection__presence", "thread__author")
    enquiry: Enquiry | None = rows.select_for_update(of=("self",)).filter(public_id=enquiry_id).first()
    if enquiry is None:
        raise NotFound(_("There is no such enquiry. It may have been moved to a page that you do not follow."))
    return enquiry


def answer_for_change(*, answer_id: UUID, by: Actor, at: datetime) -> tuple[Enquiry, Answer]:
    """The answer with its enquiry, or the one that lives on after a merge; locked in the order that all commands
    lock in: the enquiry first.

    Raises NotFound for one that is absent or out of sight.
    """
    found = (
        Answer.objects.visible_to(by, at=at).filter(public_id=answer_id).select_related("enquiry__merged_into").first()
    )
    if found is None:
        raise NotFound(_("There is no such answer."))
    lives_in = found.enquiry.merged_into or found.enquiry
    enquiry = enquiry_for_change(enquiry_id=lives_in.public_id, by=by, at=at)
    return enquiry, Answer.objects.select_for_update(of=("self",)).select_related("item", "written_by").get(pk=found.pk)


def check_not_merged(enquiry: Enquiry) -> None:
    """Raises InvalidTransition for one that lives on in another."""
    if enquiry.state == EnquiryState.CLOSED and enquiry.closed_because == ClosedBecause.MERGED:
        raise InvalidTransition(_("This enquiry was merged into another. Open that one instead."))


def check_seen(enquiry: Enquiry, seen_version: int) -> None:
    """The collision stop: raises Stale, saying what changed, when the person saw another version."""
    if seen_version == enquiry.version:
        return
    changed = "; ".join(str(change.label) for change in enquiry.changes_since(seen_version))
    raise Stale(
        _("Nothing was sent, because this changed while you were writing: %(what)s. Read it again, then send.")
        % {"what": changed or _("several things")}
    )


def save(enquiry: Enquiry, change: Change) -> None:
    """Write the enquiry with its new version and place, and tell open browsers."""
    enquiry.mark(change)
    enquiry.place()
    enquiry.save()
    live.tell(enquiry)
