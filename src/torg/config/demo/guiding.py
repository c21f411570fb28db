"""What employees in the demonstration have learnt, asked and been told, and who of them is away."""

from datetime import datetime, timedelta

from django.utils import timezone

from torg.config.demo import town as cast
from torg.config.demo.town import Part, Town
from torg.guidance import commands, content, quizzes
from torg.guidance.commands.guide import Entry
from torg.guidance.commands.texts import OwnWording
from torg.guidance.types import ElectionKind, Topic
from torg.people import commands as people
from torg.people import handing

DAY = timedelta(days=1)
CONFIRMED = (cast.DEPUTY, cast.ADMINISTRATOR, cast.CASE_OFFICER, cast.TECHNICIAN, cast.ARCHIVIST, cast.LEADER)
TAUGHT = ((cast.ADMINISTRATOR, "administrators"), (cast.CASE_OFFICER, "case-officers"), (cast.DEPUTY, "editors"))
# Who asked what, how many days ago, what was answered, and how the guide has it.
ANSWERED = (
    (
        cast.CONTRIBUTOR,
        Topic.PERSONAL_DATA,
        "Vi har bilder fra frivilligfesten. Holder det at folk visste at vi tok bilder?",
        9,
        "Nei. Spør dem som er lette å kjenne igjen, om denne bruken. Er det barn på bildet, må foreldrene si ja.",
        "Holder det at folk visste at vi tok bilder?",
    ),
    (
        cast.TECHNICIAN,
        Topic.CASES,
        "En som har klaget på brøytingen, spør i kommentarfeltet hvordan det går med klagen. Kan jeg svare?",
        6,
        "Si hvor lang tid klager pleier å ta, og hvem de kan ringe. Ikke si at du finner eller ikke finner klagen.",
        "Kan vi svare i kommentarfeltet på hvordan det går med en klage?",
    ),
)
ASKED = (
    (cast.CASE_OFFICER, Topic.ELECTION, "En partigruppe vil at vi deler møtet deres om skolen. Kan vi det?", 5),
    (cast.CONTRIBUTOR, Topic.CONTACT, "En bruker på sentralen har sendt meg en venneforespørsel. Hva sier jeg?", 2),
)


def teach(town: Town, *, at: datetime) -> None:
    """The year so far: confirmations, courses, questions, the guide, and an election to come."""
    for number, part in enumerate(CONFIRMED, start=1):
        commands.acknowledge(by=town.people[part], at=at - number * DAY)
    for part, course in TAUGHT:
        complete(town, part, course, at=at - 2 * DAY)
    for part, topic, text, days, answer, title in ANSWERED:
        asked_at = at - days * DAY
        question = commands.ask_advice(topic=topic, text=text, by=town.people[part], at=asked_at)
        later = asked_at + timedelta(hours=1)
        commands.answer_advice(question_id=question.public_id, text=answer, by=town.officer, at=later)
        commands.make_entry(
            entry=Entry(title, answer, topic), question_id=question.public_id, by=town.officer, at=later + DAY
        )
    for part, topic, text, hours in ASKED:
        commands.ask_advice(topic=topic, text=text, by=town.people[part], at=at - timedelta(hours=hours))
    keep(town, at=at)


def complete(town: Town, part: Part, course: str, *, at: datetime) -> None:
    """Somebody takes a course."""
    by = town.people[part]
    progress = quizzes.begin(content.courses()[course], by.public_id, at=at)
    while question := progress.next_question:
        progress, _question, _option = quizzes.choose(progress, question.id, question.options[0].id)
    commands.complete_course(course_id=course, progress=quizzes.sealed(progress), by=by, at=at)


def keep(town: Town, *, at: datetime) -> None:
    """The municipality's own wording of one text, and the elections that it has registered."""
    own = OwnWording(
        "point-ask",
        "nb",
        "Er du i tvil, så spør Ingrids gjeng",
        "Informasjonsenheten sitter i andre etasje på innbyggertorget. Du kan også spørre rett herfra.",
    )
    today = timezone.localtime(at).date()
    commands.word_text(own=own, from_on=today, by=town.officer, at=at)
    commands.add_election(
        kind=ElectionKind.REFERENDUM, from_on=today, voting_on=today + timedelta(days=20), by=town.officer, at=at
    )
    for each in content.suggested_elections()[:1]:
        commands.add_election(kind=each.kind, from_on=each.from_on, voting_on=each.voting_on, by=town.officer, at=at)


def leave(town: Town, *, at: datetime) -> None:
    """Somebody is away from today and has left open work; somebody else will be, and needs a second person for it."""
    away, stand_in = town.people[cast.TECHNICIAN], town.people[cast.CASE_OFFICER]
    row = people.name_stand_in(absent=away, stand_in=stand_in, from_at=at, until_at=at + 5 * DAY, by=away, at=at)
    chosen = [(work.kind, work.ref) for work in handing.work_of(away, seen_by=away, at=at)]
    if chosen:
        people.entrust_work(stand_in_id=row.public_id, chosen=chosen, by=away, at=at)
    deputy = town.people[cast.DEPUTY]
    people.name_stand_in(
        absent=deputy,
        stand_in=town.people[cast.ADMINISTRATOR],
        from_at=at + 7 * DAY,
        until_at=at + 14 * DAY,
        by=deputy,
        at=at,
    )
