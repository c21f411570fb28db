"""What Eksempelvik has practised: an exercise that is over, with its figures, and one that goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from torg.config.demo import town as cast
from torg.config.demo.town import Part, Town
from torg.crisis import commands
from torg.crisis.models import Incident, Question
from torg.crisis.types import (
    AnswerCorrection,
    GatewayKind,
    GatewayWanted,
    Injection,
    Opening,
    Rebuttal,
    Seat,
    Severity,
    SharedAnswer,
    Situation,
    TeamRole,
    Wording,
)
from torg.outbox import sending
from torg.people import commands as people

CHECKLISTS = (
    (
        "Første time",
        (
            "Ring politi, helsevakt og teknisk vakt: hva vet vi?",
            "Kall ut kommunikasjonsteamet",
            "Si fra på nettstedet at vi vet om hendelsen",
            "Si hva folk må gjøre nå",
            "Si når neste kunngjøring kommer",
        ),
    ),
    (
        "Når det varer",
        (
            "Avtal vaktskifte",
            "Svar på det folk spør mest om",
            "Sjekk rykter",
            "Skriv situasjonsrapport hver tredje time",
        ),
    ),
)
GATEWAY = GatewayWanted("E-post til teamet", GatewayKind.MAIL, 1)
TEAM = (
    (cast.DEPUTY, TeamRole.COMMUNICATION, True, 2),
    (cast.ADMINISTRATOR, TeamRole.WRITER, False, 3),
    (cast.CASE_OFFICER, TeamRole.ANSWERER, False, 4),
    (cast.CONTRIBUTOR, TeamRole.LOGKEEPER, False, 5),
)
# No country has this code, so nobody has these numbers.
PHONES = {cast.DEPUTY: "+999 0000001", cast.CASE_OFFICER: "+999 0000002"}
WATER = (
    Injection(4, "Mina Tullerud", "Er vannet trygt å drikke?"),
    Injection(6, "Oda Fantasdal", "Kan vi drikke vatnet i springen?"),
    Injection(9, "Petter Påfunnsen", "Hvor kan vi hente rent vann?"),
    Injection(12, "Solveig Svadaheim", "Må vi koke vannet til babyen?"),
    Injection(15, "Jens Diktestad", "Må vatnet kokast før ein pussar tennene?"),
    Injection(600, "Harald Husketosk", "Når er vannet rent igjen?"),
)
BOIL = {
    "nb": Wording(
        "Kok vannet før du drikker det",
        "Det kan være bakterier i vannet i Eksempelvik.\n\n- Kok vannet i tre minutter før du drikker det.\n"
        "- Du kan dusje og vaske opp som vanlig.\n- Rent vann hentes på torget fra klokka 12.",
    ),
    "nn": Wording(
        "Kok vatnet før du drikk det",
        "Det kan vere bakteriar i vatnet i Eksempelvik.\n\n- Kok vatnet i tre minutt før du drikk det.\n"
        "- Du kan dusje og vaske opp som vanleg.\n- Reint vatn kan du hente på torget frå klokka 12.",
    ),
    "en": Wording(
        "Boil the water before you drink it",
        "There may be bacteria in the water in Eksempelvik.\n\n- Boil it for three minutes before you drink it.\n"
        "- You can shower and wash up as usual.\n- Fetch clean water in the square from 12 o'clock.",
    ),
}
CLEAN = {"nb": Wording("Vannet er rent igjen", "Prøvene er fine. Du trenger ikke koke vannet lenger.")}


@dataclass(frozen=True, slots=True)
class Scene:
    """An exercise and the hour it began at."""

    town: Town
    incident: Incident
    began_at: datetime

    def at(self, minutes: float) -> datetime:
        return self.began_at + timedelta(minutes=minutes)


def practise(town: Town, *, at: datetime) -> None:
    """The plan, an exercise two weeks ago that is over, and one that began half an hour ago."""
    for title, points in CHECKLISTS:
        commands.set_checklist(title=title, points=points, by=town.officer, at=at - timedelta(days=30))
    commands.set_gateway(wanted=GATEWAY, by=town.officer, at=at - timedelta(days=30))
    for part, role, may_approve, order in TEAM:
        person = town.people[part]
        seat = Seat(person.public_id, role, may_approve, order)
        commands.set_standing_seat(seat=seat, by=town.officer, at=at - timedelta(days=30))
        if part in PHONES:
            people.note_phone(person_id=person.public_id, phone=PHONES[part], by=person, at=at - timedelta(days=30))
    finish(begin(town, "Forurenset drikkevann (høstøvelsen)", at=at - timedelta(days=14)))
    begin(town, "Forurenset drikkevann", at=at - timedelta(minutes=30))


def begin(town: Town, title: str, *, at: datetime) -> Scene:
    """The first half hour: team, script, call-out, a statement, and one answer to all who asked the same."""
    page = town.pages[cast.MAIN]
    opening = Opening(title, Severity.SERIOUS, page.scope_id, town.officer.public_id, is_exercise=True)
    incident = commands.open_incident(opening=opening, by=town.officer, at=at)
    scene = Scene(town, incident, at)
    commands.write_script(incident_id=incident.public_id, injections=WATER, by=town.officer, at=scene.at(1))
    commands.call_out(
        incident_id=incident.public_id, text="Øvelse: møt på servicekontoret.", by=town.officer, at=scene.at(2)
    )
    for point in incident.points.order_by("checklist_id", "place")[:3]:
        commands.tick(point_id=point.public_id, is_done=True, by=town.officer, at=scene.at(5))
    _log(scene, cast.CONTRIBUTOR, "Teknisk vakt har tatt prøver på tre steder. Svar ventes i kveld.", 7)
    _state(scene, BOIL, 8)
    _answer(scene, "Er vannet", "Kan vi drikke vannet i springen?", 20)
    commands.correct_rumour(
        incident_id=incident.public_id,
        texts={
            "nb": Rebuttal(
                "Vannet er forgiftet med vilje.", "Nei. Det regnet kraftig, og overvann kom inn i et basseng."
            ),
            "en": Rebuttal("Somebody has poisoned the water.", "No. Heavy rain led surface water into a basin."),
        },
        by=town.officer,
        at=scene.at(24),
    )
    sending.send_due(at=scene.at(25))
    return scene


def finish(scene: Scene) -> None:
    """The rest of it: a report, the end, and what was learnt."""
    deputy, incident = scene.town.people[cast.DEPUTY], scene.incident
    situation = Situation("Alle prøver er fine.", "Kokevarsel i åtte timer.", "Varselet oppheves.", "")
    commands.write_report(incident_id=incident.public_id, situation=situation, by=deputy, at=scene.at(470))
    _state(scene, CLEAN, 480)
    sending.send_due(at=scene.at(481))
    commands.ask_to_close(incident_id=incident.public_id, by=scene.town.officer, at=scene.at(490))
    commands.close_incident(incident_id=incident.public_id, by=deputy, at=scene.at(495))
    commands.write_lesson(
        incident_id=incident.public_id,
        went_well="Første kunngjøring kom etter åtte minutter, på tre språk.",
        to_improve="Vi må ha telefonnummer til alle i teamet.",
        by=deputy,
        at=scene.at(600),
    )


def _state(scene: Scene, texts: dict[str, Wording], minutes: float) -> None:
    ids, officer = scene.incident.public_id, scene.town.officer
    row = commands.draft_statement(
        incident_id=ids, texts=texts, by=scene.town.people[cast.ADMINISTRATOR], at=scene.at(minutes - 2)
    )
    commands.publish_statement(statement_id=row.public_id, seen_version=1, by=officer, at=scene.at(minutes))


def _answer(scene: Scene, words: str, wording: str, minutes: float) -> None:
    commands.play(incident_id=scene.incident.public_id, at=scene.at(minutes - 1))
    commands.group_questions(incident_id=scene.incident.public_id, at=scene.at(minutes - 1))
    question = Question.objects.filter(incident=scene.incident, wording__startswith=words).first()
    if question is None:
        return
    commands.answer_question(
        question_id=question.public_id,
        texts={
            "nb": SharedAnswer(wording, "Ja, når du har kokt det i tre minutter. Hilsen Ingrid"),
            "en": SharedAnswer(
                "Can we drink the water?", "Yes, when you have boiled it for 3 minutes. Regards, Ingrid"
            ),
        },
        by=scene.town.officer,
        at=scene.at(minutes),
    )
    commands.send_answers(question_id=question.public_id, at=scene.at(minutes))
    _correct(scene, question, wording, minutes + 2)


def _correct(scene: Scene, question: Question, wording: str, minutes: float) -> None:
    correction = AnswerCorrection(
        texts={
            "nb": SharedAnswer(wording, "Ja, når du har kokt det i tre minutter, også til tannpussen. Hilsen Ingrid"),
            "en": SharedAnswer(
                "Can we drink the water?",
                "Yes, when you have boiled it for 3 minutes, also to brush your teeth. Regards, Ingrid",
            ),
        },
        told={"nb": "Vi glemte tannpussen.", "en": "We forgot about brushing teeth."},
        seen_version=1,
    )
    officer, at = scene.town.officer, scene.at(minutes)
    commands.correct_answer(question_id=question.public_id, correction=correction, by=officer, at=at)
    commands.send_answers(question_id=question.public_id, at=at)


def _log(scene: Scene, part: Part, text: str, minutes: float) -> None:
    commands.write_log(
        incident_id=scene.incident.public_id, text=text, by=scene.town.people[part], at=scene.at(minutes)
    )
