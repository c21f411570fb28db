"""Choose how one sees pictures and gross text."""

from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.moderation import events
from torg.moderation.models import Viewing
from torg.people.models import Person


@transaction.atomic
def choose_viewing(
    *, blurs_pictures: bool, greys_pictures: bool, folds_gross_text: bool, by: Person, at: datetime
) -> Viewing:
    """Keep one's own choices. The log tells that somebody chose, not what: it says something of the person."""
    chosen, _is_new = Viewing.objects.update_or_create(
        person=by,
        defaults={
            "blurs_pictures": blurs_pictures,
            "greys_pictures": greys_pictures,
            "folds_gross_text": folds_gross_text,
        },
    )
    audit.record(events.VIEWING_CHOSEN, actor=by, scope=None, target=None, at=at)
    return chosen
