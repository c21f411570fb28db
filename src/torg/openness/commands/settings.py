"""Change how the journal is published."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import sealing
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.openness import events
from torg.openness.models import JournalDay, JournalSettings
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.records import actors


@dataclass(frozen=True, slots=True)
class Publishing:
    """How it shall be; an empty `einnsyn_key` keeps the key that we have."""

    is_on: bool
    from_on: date | None
    secret_scopes: str
    contact: str = ""
    criterion: str = ""
    complaint_body: str = "Statsforvalteren"
    einnsyn_address: str = ""
    einnsyn_series: str = ""
    einnsyn_key: str = field(default="", repr=False)


@transaction.atomic
def change_settings(*, wanted: Publishing, by: Actor, at: datetime) -> JournalSettings:
    """Switch the public journal on or off, and say how it is published.

    Raises NotAllowed without the right to journal for the municipality, Invalid for an incomplete choice.
    """
    check_may(by, Permission.JOURNAL, scope_id=None, at=at)
    if wanted.is_on and (wanted.from_on is None or not wanted.contact.strip()):
        raise Invalid(_("Say from which day, and whom people can reach about the journal."), field="contact")
    if wanted.einnsyn_address and not wanted.einnsyn_address.startswith(("https://", "http://127.0.0.1")):
        raise Invalid(_("The address of eInnsyn begins with https://."), field="einnsyn_address")
    row = JournalSettings.objects.select_for_update().first() or JournalSettings(id=1)
    for name in ("is_on", "from_on", "secret_scopes", "contact", "criterion", "complaint_body"):
        setattr(row, name, getattr(wanted, name))
    row.einnsyn_address, row.einnsyn_series = wanted.einnsyn_address.rstrip("/"), wanted.einnsyn_series
    if wanted.einnsyn_key:
        row.einnsyn_key = sealing.seal(wanted.einnsyn_key)
    row.changed_by, row.changed_at = actors.told(by), at
    row.save()
    JournalDay.objects.update(is_stale=True)
    facts: dict[str, int | str] = {"is_on": int(row.is_on), "secret_scopes": row.secret_scopes}
    audit.record(events.SETTINGS_CHANGED, actor=by, scope=None, target=row, at=at, facts=facts)
    return row
