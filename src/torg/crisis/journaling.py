"""A closed incident in the journal: one case file with everything that was said and done in it."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from torg.core.actors import Actor
from torg.crisis import recording
from torg.crisis.models import Incident
from torg.people import queries as people
from torg.records import commands as records
from torg.records import wording
from torg.records.codes import EntryType, PartyRole
from torg.records.types import CaseWanted, Party, Registration, Titles

LOCAL = ZoneInfo("Europe/Oslo")


def journal(incident: Incident, *, by: Actor, at: datetime) -> UUID:
    """Register it in a case file of its own, as an internal document; returns the entry's public id."""
    with wording.in_archive_language():
        snapshot = recording.snapshot_of(incident, at=at)
    municipality = people.municipality()
    titles = Titles(snapshot.title, snapshot.title)
    wanted = Registration(
        entry_type=EntryType.INTERNAL,
        titles=titles,
        parties=(Party(PartyRole.INTERNAL_SENDER, municipality.name if municipality else ""),),
        document_on=at.astimezone(LOCAL).date(),
        items=tuple(item.id for item in snapshot.items),
    )
    case = CaseWanted(titles=titles)
    entry = records.journal_decision(snapshot=snapshot, registration=wanted, case=case, by=by, at=at)
    return entry.public_id
