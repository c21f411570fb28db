"""What has happened in Eksempelvik lately: what people wrote, and what was done about it, in order of time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from torg.channels import polling, processing
from torg.channels import queries as channels
from torg.channels.models import Connection
from torg.config.demo import archiving, moderating
from torg.config.demo import town as cast
from torg.config.demo.standin import StandIn
from torg.config.demo.town import Part, Town
from torg.connectors.contract import Cursor, InboundEvent
from torg.dialogue.models import Item
from torg.inbox import commands as inbox
from torg.inbox.models import Enquiry, Label
from torg.inbox.types import AnswerKind, ClosedBecause, ForwardingKind, Reply
from torg.outbox import sending

UNDO = timedelta(seconds=15)
# Everything that staff in the story have looked at before they sent.
CONFIRMED = frozenset({"promise"})


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an act takes place: the town, the enquiry it concerns, and the moment."""

    town: Town
    stand_in: StandIn
    enquiry: Enquiry
    item: Item
    at: datetime


Act = Callable[[Stage], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is done about what `who` wrote with `word` in it, `hours` later."""

    who: str
    word: str
    hours: float
    act: Act


def answer(part: Part, text: str, kind: AnswerKind = AnswerKind.PUBLIC_REPLY, *, closes: bool = True) -> Act:
    """Somebody answers, and the outbox sends it."""

    def act(stage: Stage) -> None:
        reply = Reply(
            kind=kind,
            text=text,
            seen_version=stage.enquiry.version,
            item_id=stage.item.public_id,
            confirmed=CONFIRMED,
            closes=closes,
        )
        by = stage.town.people[part]
        inbox.answer(enquiry_id=stage.enquiry.public_id, reply=reply, by=by, at=stage.at)
        with stage.stand_in.clock_at(stage.at + UNDO):
            sending.send_due(at=stage.at + UNDO)

    return act


def submit(part: Part, text: str) -> Act:
    """Somebody who may not answer alone writes an answer; it waits for approval."""

    def act(stage: Stage) -> None:
        reply = Reply(AnswerKind.PUBLIC_REPLY, text, stage.enquiry.version, item_id=stage.item.public_id)
        inbox.answer(enquiry_id=stage.enquiry.public_id, reply=reply, by=stage.town.people[part], at=stage.at)

    return act


def close(part: Part) -> Act:
    """It needs no answer."""
    return lambda stage: inbox.close(
        enquiry_id=stage.enquiry.public_id,
        because=ClosedBecause.NO_ANSWER_NEEDED,
        by=stage.town.people[part],
        at=stage.at,
    )


def give(part: Part, to: Part, note: str) -> Act:
    """Somebody hands it to a colleague, with a note."""

    def act(stage: Stage) -> None:
        by, which = stage.town.people[part], stage.enquiry.public_id
        inbox.assign(enquiry_id=which, to_person=stage.town.people[to].public_id, by=by, at=stage.at)
        inbox.add_note(enquiry_id=which, text=note, by=by, at=stage.at)

    return act


def label(part: Part, name: str) -> Act:
    """Somebody puts a label on."""
    return lambda stage: inbox.label(
        enquiry_id=stage.enquiry.public_id,
        label_id=Label.objects.get(name=name).public_id,
        by=stage.town.people[part],
        at=stage.at,
    )


def forward(part: Part, unit: str, kind: ForwardingKind, question: str) -> Act:
    """Somebody asks a unit to look at it."""
    return lambda stage: inbox.forward(
        enquiry_id=stage.enquiry.public_id,
        kind=kind,
        to_unit=stage.town.units[unit].public_id,
        question=question,
        follow_up_at=stage.at + timedelta(days=2),
        by=stage.town.people[part],
        at=stage.at,
    )


def announce(part: Part, title: str, words: Sequence[str], text: str) -> Act:
    """Somebody registers what many will ask about now."""
    return lambda stage: inbox.open_issue(
        scope_id=stage.enquiry.scope_id,
        title=title,
        words=words,
        answer_text=text,
        by=stage.town.people[part],
        at=stage.at,
    )


SCENES = (
    Scene("Jens Diktestad", "Endelig", 1.5, close(cast.CASE_OFFICER)),
    Scene(
        "Berit Fabelund",
        "Sagnbakken 40",
        0.6,
        answer(cast.TECHNICIAN, "Hei, Berit! Det gjelder hele Sagnbakken, også nr. 40 og oppover. Hilsen Torunn"),
    ),
    Scene(
        "Ranveig Oppdiktshaug",
        "kvittering. Er det",
        1,
        answer(
            cast.CASE_OFFICER,
            "Hei, Ranveig! Vi sjekkar søknaden og svarer deg innan fem dagar. Helsing Sara",
            closes=False,
        ),
    ),
    Scene(
        "Sam Madeupson",
        "family ticket",
        0.8,
        answer(
            cast.ADMINISTRATOR,
            "Hello Sam! Yes, a family ticket covers two adults and all the children, and we take cards. Arne",
        ),
    ),
    Scene(
        "Oda Fantasdal",
        "romjula",
        1,
        answer(
            cast.ADMINISTRATOR,
            "Hei, Oda! I romjula er innbyggertorget åpent kl. 10–14 på hverdager. Hilsen Arne",
            AnswerKind.MESSAGE,
        ),
    ),
    Scene("Elise Innbillingsrud", "fint tiltak", 1, close(cast.CASE_OFFICER)),
    Scene("Nora Regleli", "brunt", 0.3, label(cast.CASE_OFFICER, "Vann og avløp")),
    Scene(
        "Nora Regleli",
        "brunt",
        0.5,
        give(cast.CASE_OFFICER, cast.TECHNICIAN, "Flere har ringt om det samme. Kan dere si om det er trygt å drikke?"),
    ),
    Scene(
        "Nora Regleli",
        "brunt",
        0.9,
        announce(
            cast.TECHNICIAN,
            "Brunt vann i Lekegata",
            ["brunt", "vannet"],
            "Vannet er brunt fordi vi har spylt ledningene. Det er ikke farlig, men la det renne til det er klart. "
            "Hilsen Torunn i Teknisk",
        ),
    ),
    Scene(
        "Petter Påfunnsen",
        "klage på avslaget",
        1,
        give(cast.ADMINISTRATOR, cast.CASE_OFFICER, "Dette er en klage. Vis ham klageskjemaet, og si fra til Skole."),
    ),
    Scene(
        "Ivar Skrønemo",
        "Garderobene",
        1.2,
        forward(
            cast.ADMINISTRATOR,
            "Teknisk",
            ForwardingKind.CLAIM,
            "Han sier at det er tredje gang. Stemmer det, og når blir varmen i garderobene rettet?",
        ),
    ),
    Scene(
        "Live Fiksjonsby",
        "sakspapira",
        0.7,
        submit(cast.CONTRIBUTOR, "Hei, Live! Sakspapira ligg under Politikk og møte på nettsida vår. Helsing Frida"),
    ),
)


def moderate(act: moderating.Act) -> Act:
    """What is done about the case that the item is in; nothing where the software saw nothing in it."""

    def performed(stage: Stage) -> None:
        case = moderating.case_about(stage.item)
        if case is not None:
            act(moderating.Suspected(town=stage.town, stand_in=stage.stand_in, case=case, at=stage.at))

    return performed


def archive(act: archiving.Act) -> Act:
    """What the archivist does about the conversation that the item is in."""

    def performed(stage: Stage) -> None:
        found = archiving.assessment_of(stage.item, at=stage.at)
        act(archiving.Assessed(town=stage.town, assessment=found, at=stage.at))

    return performed


ARCHIVED = tuple(Scene(who, word, hours, archive(act)) for who, word, hours, act in archiving.SCENES)
MODERATED = tuple(Scene(who, word, hours, moderate(act)) for who, word, hours, act in moderating.SCENES)


def play(town: Town, stand_in: StandIn, *, until: datetime) -> None:
    """Take in what stands on the page in the order in which it was written, and act in between as staff did."""
    connection = Connection.objects.get(presence=town.pages[cast.MAIN])
    written = sorted(everything_on(connection), key=lambda event: event.occurred_at or connection.opened_at)
    waiting: list[InboundEvent] = []
    for moment, what in timeline(written, connection, until=until):
        if isinstance(what, InboundEvent):
            waiting.append(what)
        else:
            take_in(connection, waiting, at=moment)
            perform(what, town, stand_in, at=moment)
    take_in(connection, waiting, at=until)


def everything_on(connection: Connection) -> Iterator[InboundEvent]:
    """What stands on the page since it was connected."""
    channel = channels.channel_for(connection)
    for object_type in channel.object_types():
        page = channel.poll(Cursor(object_type, since=connection.opened_at))
        yield from page.events
        while not page.is_last:
            page = channel.poll(page.cursor)
            yield from page.events


def timeline(
    written: Sequence[InboundEvent], connection: Connection, *, until: datetime
) -> list[tuple[datetime, InboundEvent | Scene]]:
    """What was written and what was done, in order; a scene whose cue never came is left out."""
    told: list[tuple[datetime, InboundEvent | Scene]]
    told = [(event.occurred_at or connection.opened_at, event) for event in written]
    for scene in (*SCENES, *MODERATED, *ARCHIVED):
        cue = next((event for event in written if is_cue(scene, event)), None)
        if cue is not None and cue.occurred_at is not None:
            told.append((min(cue.occurred_at + timedelta(hours=scene.hours), until), scene))
    return sorted(told, key=lambda each: each[0])


def is_cue(scene: Scene, event: InboundEvent) -> bool:
    """Whether this is what the scene is about."""
    return event.author_name == scene.who and scene.word in (event.text or "")


def take_in(connection: Connection, waiting: list[InboundEvent], *, at: datetime) -> None:
    """Let what has been written by `at` arrive, as a delivery like any other."""
    if waiting:
        polling.store_read(connection, waiting, at=at)
        waiting.clear()
        while processing.process_pending(at=at):
            continue
        moderating.find_cases(at=at)


def perform(scene: Scene, town: Town, stand_in: StandIn, *, at: datetime) -> None:
    """Do what was done."""
    of_author = Item.objects.filter(author__name=scene.who, text__contains=scene.word)
    item = of_author.select_related("thread").latest("posted_at")
    enquiry = Enquiry.objects.get(thread=item.thread)
    scene.act(Stage(town=town, stand_in=stand_in, enquiry=enquiry, item=item, at=at))
