"""One's own views of the queue."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, NotFound
from torg.inbox import audit, events
from torg.inbox.models import SavedView
from torg.inbox.queries.filters import Filters
from torg.people.models import Person


@transaction.atomic
def save_view(*, name: str, filters: Filters, by: Person, at: datetime) -> SavedView:
    """Keep a choice of filters under a name of one's own; the same name is written over. Raises Invalid."""
    if not name.strip():
        raise Invalid(_("Give the view a name."), field="name")
    view, _is_new = SavedView.objects.update_or_create(
        person=by, name=name.strip()[:60], defaults={"filters": filters.as_json(), "saved_at": at}
    )
    audit.record(events.VIEW_SAVED, actor=by, scope=None, target=view, at=at)
    return view


@transaction.atomic
def delete_view(*, view_id: UUID, by: Person, at: datetime) -> None:
    """Delete a view of one's own. Raises NotFound."""
    view = SavedView.objects.filter(person=by, public_id=view_id).first()
    if view is None:
        raise NotFound(_("There is no such view."))
    audit.record(events.VIEW_DELETED, actor=by, scope=None, target=view, at=at)
    view.delete()
