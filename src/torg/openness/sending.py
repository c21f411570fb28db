"""Plans what eInnsyn is to be told; the handler brings eInnsyn to what is public here, so that order harms nothing."""

from datetime import datetime

from torg.openness import loading
from torg.openness.models import PublicEntry
from torg.openness.types import PublicationState
from torg.outbox import commands as outbox
from torg.outbox.types import Planned

HANDLER = "openness.einnsyn"
SUBJECT = "openness.public_entry"


def plan(row: PublicEntry, *, at: datetime) -> None:
    """Bring eInnsyn to the state of this row, if we send there and it differs."""
    told = loading.settings_now()
    is_public = row.state == PublicationState.PUBLISHED
    if told is None or not told.sends_to_einnsyn or not (is_public or row.einnsyn_id):
        return
    act = Planned(
        handler=HANDLER,
        kind="einnsyn",
        scope_id=row.scope_id,
        serial_key=f"einnsyn:{row.entry.case_file.public_id}",
        subject_kind=SUBJECT,
        subject_id=row.public_id,
        payload={},
        place="eInnsyn",
    )
    try:
        outbox.plan(act, at=at)
    except outbox.AlreadyPlanned:
        # The act that waits reads the row when it is carried out, and looks once more when it is done.
        return
