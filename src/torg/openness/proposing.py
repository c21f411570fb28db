"""What the public would read of an entry, before a person has looked: everything withheld is masked already."""

from datetime import date, datetime

from torg.openness import forbidden
from torg.openness.models import PublicEntry
from torg.openness.types import STARS, PublicFacts, PublicParty
from torg.records import titling
from torg.records.codes import RestrictionTarget
from torg.records.models import JournalEntry, Restriction


def facts_of(entry: JournalEntry, *, is_neutral: bool) -> PublicFacts:
    """Titles without persons' names, names that are withheld as stars, and the ground of what is withheld."""
    held = list(entry.restrictions.filter(lifted_at=None).select_related("reference").order_by("id"))
    ground = "; ".join(dict.fromkeys(row.reference.cited for row in held))[:300]
    correspondents = list(entry.correspondents.order_by("id"))
    if is_neutral:
        parties = [PublicParty(role=row.role, name=STARS, is_person=True) for row in correspondents]
        return PublicFacts(title=titling.neutral_title(), case_title=STARS, parties=parties, ground=ground)
    names = [row.name for row in correspondents if row.is_person or row.is_hidden]
    return PublicFacts(
        title=titling.masked(_title(entry, held), names),
        case_title=titling.masked(entry.case_file.public_title, names),
        parties=[
            PublicParty(role=row.role, name=STARS if row.is_hidden else row.name, is_person=row.is_person)
            for row in correspondents
        ],
        ground=ground,
    )


def findings(told: PublicFacts) -> list[str]:
    """What in it must not stand on the internet; persons' names among the parties are meant to stand there."""
    found = set(forbidden.find([told["title"], told["case_title"]]))
    found |= set(forbidden.find(party["name"] for party in told["parties"])) - {"NAME"}
    return sorted(found)


def put(row: PublicEntry, told: PublicFacts) -> None:
    """Let these words stand in the row."""
    row.title, row.case_title = told["title"], told["case_title"]
    row.parties, row.ground = told["parties"], told["ground"]
    row.findings = findings(told)


def facts_in(row: PublicEntry) -> PublicFacts:
    """The words that stand in the row."""
    return PublicFacts(title=row.title, case_title=row.case_title, parties=row.parties, ground=row.ground)


def index(row: PublicEntry, *, today: date) -> None:
    """Let one search for the row's parties: for bodies for ever, for persons for a year."""
    shown = [party for party in row.parties if party["name"] != STARS]
    row.bodies = "\n".join(party["name"] for party in shown if not party["is_person"])
    is_old = row.day <= year_before(today)
    row.names = "" if is_old else "\n".join(party["name"] for party in shown if party["is_person"])


def year_before(day: date) -> date:
    """The same day a year ago."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def propose(entry: JournalEntry, *, is_neutral: bool, at: datetime) -> PublicEntry:
    """A new row for this entry, waiting for review."""
    told = facts_of(entry, is_neutral=is_neutral)
    row = PublicEntry(
        scope_id=entry.scope_id,
        entry=entry,
        day=entry.journal_on,
        number=f"{entry.journal_number}/{entry.journal_year}",
        case_number=entry.own_number,
        entry_type=entry.entry_type,
        document_on=entry.document_on,
        proposal=told,
        is_neutral=is_neutral,
        proposed_at=at,
    )
    put(row, told)
    return row


def _title(entry: JournalEntry, held: list[Restriction]) -> str:
    is_held = any(row.target in {RestrictionTarget.TITLE, RestrictionTarget.ENTRY} for row in held)
    # Withheld, but nobody said which words: then all of it is.
    return STARS if is_held and entry.public_title == entry.title else str(entry.public_title)
