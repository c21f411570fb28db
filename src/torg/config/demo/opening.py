"""The archive in the demonstration is open: a public journal with its review, and two who have asked for access."""

from datetime import datetime

from torg.config.demo import town as cast
from torg.config.demo.town import Town
from torg.core.actors import Rule
from torg.openness import commands
from torg.openness.commands.settings import Publishing
from torg.openness.models import PublicEntry
from torg.openness.types import Answer, Ask, PublicationState, RequestWay, SecretScopes, Wording
from torg.records import days

PROPOSER = Rule("openness.proposer", "1")
REQUESTER = Rule("openness.requester", "1")
AT_ONCE = 100
# Of what waits for review, this much is made public; the rest shows how a review looks.
PUBLISHED = 2
REFUSED = Answer(
    "REFUSED",
    "offentleglova-14-1",
    is_more_openness_considered=True,
    reasons="Dokumentet er et utkast. Du får det når saken er ferdig.",
)


def open_journal(town: Town, *, at: datetime) -> None:
    """Switch the journal on, review some of it, and take in two requests; nothing where nothing is journaled."""
    archivist = town.people[cast.ARCHIVIST]
    wanted = Publishing(
        is_on=True,
        from_on=days.day_of(at - cast.AGE),
        secret_scopes=SecretScopes.LEFT_OUT,
        contact="Dokumentsenteret, post@eksempelvik.example",
    )
    commands.change_settings(wanted=wanted, by=archivist, at=at)
    commands.propose_days(limit=AT_ONCE, by=PROPOSER, at=at)
    clean = PublicEntry.objects.filter(state=PublicationState.PROPOSED, findings=[]).order_by("day", "id")
    for row in list(clean[:PUBLISHED]):
        wording = Wording(row.title, row.case_title)
        commands.approve(public_entry_id=row.public_id, wording=wording, by=archivist, at=at)
    _ask(town, at=at)


def _ask(town: Town, *, at: datetime) -> None:
    """One asks on the site and waits; one asked by e-mail and was refused."""
    archivist = town.people[cast.ARCHIVIST]
    row = PublicEntry.objects.filter(state=PublicationState.PUBLISHED).select_related("entry").order_by("id").first()
    if row is None:
        return
    wish = Ask("Jeg vil gjerne lese søknaden og svaret.", email="nabo@eksempel.example")
    commands.ask(public_entry_id=row.public_id, wanted=wish, by=REQUESTER, at=at)
    written = Ask("Kan jeg få lese dette?", way=RequestWay.EMAIL, name="Randi Rettferdig")
    entered = commands.enter(entry_id=row.entry.public_id, wanted=written, by=archivist, at=at)
    commands.decide(request_id=entered.public_id, answer=REFUSED, by=archivist, at=at)
