"""What a person wants to be told by e-mail, and when."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid
from torg.people import events
from torg.people.models import NotificationChoice, Person, QuietHours
from torg.people.quiet import Quiet
from torg.people.types import NotificationKind, Tell


@transaction.atomic
def choose_notifications(*, tells: Mapping[NotificationKind, Tell], quiet: Quiet, by: Person, at: datetime) -> None:
    """Choose, for each kind, whether to be told at once, together once a day or never, and when it is quiet.

    Raises Invalid for quiet hours that last around the clock.
    """
    if quiet.from_time == time.min and quiet.until_time == time.max:
        raise Invalid(_("That would be quiet all day. Choose “never” for what you do not want."), field="until_time")
    for kind, tell in tells.items():
        NotificationChoice.objects.update_or_create(person=by, kind=kind, defaults={"tell": tell})
    QuietHours.objects.update_or_create(
        person=by,
        defaults={
            "from_time": quiet.from_time,
            "until_time": quiet.until_time,
            "has_quiet_weekends": quiet.has_quiet_weekends,
        },
    )
    audit.record(events.NOTIFICATIONS_CHOSEN, actor=by, scope=None, target=by, at=at)
