"""What is looked after in Eksempelvik: duties, rounds, the list of employees, a secret group, one who has left."""

from datetime import datetime, timedelta
from typing import Any

from torg.config.demo import town as cast
from torg.config.demo.town import DEPUTY, LEADER, OFFICER, Town
from torg.oversight import commands as oversight
from torg.oversight import queries as standing
from torg.oversight.types import DutyCode, Found
from torg.people import commands as people
from torg.people.types import Role
from torg.registry import commands as registry
from torg.registry.models import PresenceKind
from torg.registry.types import About, Description

WATCHES = "Beredskapsvakt helse"
# Ranveig looks after her group; everybody in the play is on the list, and two more are in the secret group.
OTHERS = ("Anne Ansatt;Helse", "Bjørn Beredskap;Helse", "Siv Sluttet;Helse")
ROUNDS = (7, 6, 5, 4, 3, 1)
NOTES = {3: "Et spørsmål om brøyting; Teknisk ser på det."}


def begin(town: Town, *, at: datetime) -> None:
    """What was set up in the beginning."""
    oversight.adopt_strategy_duties(by=town.officer, at=at)
    take_over(town, at=at)
    on: dict[str, Any] = {"by": town.officer, "at": at}
    for key, part in ((cast.MAIN, OFFICER), (cast.MAIN, DEPUTY), (cast.LIBRARY, OFFICER)):
        presence_id = town.pages[key].public_id
        if not town.pages[key].administrations.filter(person=town.people[part], ended_at=None).exists():
            registry.add_administrator(presence_id=presence_id, person=town.people[part], **on)
    group = town.pages[cast.GROUP].public_id
    oversight.register_members(presence_id=group, told=town.people[DEPUTY].email, **on)
    keep_secret(town, at=at)


def take_over(town: Town, *, at: datetime, without: str = "") -> None:
    """The payroll's list of employees; later without somebody who has left."""
    lines = [f"{person.name};{person.email};{part.unit}" for part, person in town.people.items()]
    lines += [f"{name};;{unit}" for name, _semicolon, unit in (other.partition(";") for other in OTHERS)]
    numbered = [
        f"{number};{line}" for number, line in enumerate(lines, start=1001) if not without or without not in line
    ]
    data = "\n".join(["Ansattnr;Navn;E-post;Enhet", *numbered]).encode("latin-1")
    read = people.read_employees(data=data, by=town.officer, at=at)
    people.import_employees(import_id=read.public_id, is_confirmed=False, by=town.officer, at=at)


def keep_secret(town: Town, *, at: datetime) -> None:
    """A secret group of employees, with its owner and members."""
    on: dict[str, Any] = {"by": town.officer, "at": at}
    description = Description(WATCHES, PresenceKind.SECRET_GROUP, purpose="Bytte av vakter i beredskapen.")
    group = registry.open_presence(description=description, **on)
    owner = town.people[LEADER]
    registry.change_details(presence_id=group.public_id, about=About(owner=owner, target_groups="Vaktlaget"), **on)
    people.give_role(person=owner, role=Role.PAGE_ADMINISTRATOR, scope=group.scope, **on)
    told = "\n".join(["Anne Ansatt", "Bjørn Beredskap", "Siv Sluttet", owner.email, town.people[OFFICER].email])
    oversight.register_members(presence_id=group.public_id, told=told, **on)
    oversight.review_group(
        presence_id=group.public_id, has_checked_members=True, is_free_of_cases=True, note="", by=owner, at=at
    )


def lately(town: Town, *, at: datetime) -> None:
    """What has happened lately: looks at the main page, one who left yesterday, a breach that is explained."""
    main = town.pages[cast.MAIN].public_id
    for days in ROUNDS:
        moment = at - timedelta(days=days)
        begun = oversight.start_round(presence_id=main, by=town.officer, at=moment - timedelta(minutes=10))
        found = Found.HANDED_ON if days in NOTES else Found.NOTHING
        oversight.finish_round(
            round_id=begun.public_id, found=found, note=NOTES.get(days, ""), has_rules=True, by=town.officer, at=moment
        )
    take_over(town, at=at - timedelta(days=1), without="Siv Sluttet")
    oversight.note_leavers(at=at)
    explain(town, at=at)
    oversight.watch_duties(at=at)


def explain(town: Town, *, at: datetime) -> None:
    """Kine explains a week in which nobody looked in on the cinema's page."""
    day = (at - timedelta(days=7)).date()
    monday = day - timedelta(days=day.weekday())
    cinema = town.pages[cast.CINEMA]
    if standing.was_breached(cinema, DutyCode.ROUNDS, monday, at=at):
        kine = next(person for part, person in town.people.items() if part.page == cast.CINEMA)
        where: dict[str, Any] = {"presence_id": cinema.public_id, "duty": DutyCode.ROUNDS, "week_on": monday}
        oversight.explain_breach(**where, text="Kinoen var stengt for oppussing.", by=kine, at=at)
