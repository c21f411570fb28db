"""A closed incident in the journal: one case file with everything that was said and done in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from torg.core.actors import Actor
from torg.crisis import recording
from torg.crisis.models import Incident
from torg.people import queries as people
from torg.records import commands as records
from torg.records import wording
from torg.records.codes import CaseStatus, EntryType, PartyRole
from torg.records.models import CaseFile
from torg.records.types import Captured, CaseWanted, Party, Registration, Snapshot, Titles

LOCAL = ZoneInfo("Europe/Oslo")


def journal(incident: Incident, *, by: Actor, at: datetime) -> UUID:
    """Register it in a case file of its own, as an internal document; returns the entry's public id."""
    with wording.in_archive_language():
        snapshot = recording.snapshot_of(incident, at=at)
    return _register(snapshot, CaseWanted(titles=Titles(snapshot.title, snapshot.title)), by=by, at=at)


def journal_afterwards(
    incident: Incident, capture: Callable[[], Captured], *, beside: UUID, by: Actor, at: datetime
) -> None:
    """What came later: in the case file of the entry `beside`, or a new one where that is finished."""
    file = CaseFile.objects.get(entries__public_id=beside)
    with wording.in_archive_language():
        whole = recording.snapshot_of(incident, at=at)
        snapshot = replace(whole, items=(capture(),))
    is_open = file.status == CaseStatus.OPEN
    titles = Titles(whole.title, whole.title)
    case = CaseWanted(existing=file.public_id) if is_open else CaseWanted(titles=titles)
    _register(snapshot, case, by=by, at=at)


def _register(snapshot: Snapshot, case: CaseWanted, *, by: Actor, at: datetime) -> UUID:
    municipality = people.municipality()
    titles = Titles(snapshot.title, snapshot.title)
    wanted = Registration(
        entry_type=EntryType.INTERNAL,
        titles=titles,
        parties=(Party(PartyRole.INTERNAL_SENDER, municipality.name if municipality else ""),),
        document_on=at.astimezone(LOCAL).date(),
        items=tuple(item.id for item in snapshot.items),
    )
    entry = records.journal_decision(snapshot=snapshot, registration=wanted, case=case, by=by, at=at)
    return entry.public_id
