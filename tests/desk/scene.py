"""A day at a small municipality's desk: invented people write, colleagues work, some things have stopped."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tests.inbox.conftest import LONG_AGO, House, build_house
from torg.channels.models import Connection
from torg.core.actors import Operator
from torg.dialogue.models import ItemVersion, Post, Thread
from torg.dialogue.types import Absorbed, What
from torg.inbox import commands as inbox
from torg.inbox import intake
from torg.inbox.models import Answer, DeadlineRule, Enquiry, Label
from torg.inbox.types import INTAKE, AnswerKind, ForwardingKind, Reply
from torg.outbox.models import ActState, OutboxAct
from torg.people.models import CalendarKind, CalendarRow, Login, Municipality, Scope
from torg.registry.models import Presence
from torg.site.commands import publish_page
from torg.site.types import Part
from torg.triage import commands as triage
from torg.triage.models import ItemAssessment

ICE = "Når blir Storgata brøytet? Det er speilglatt utenfor sykehjemmet, og mor på 84 skal til legen."
NUMBER = "Fødselsnummeret mitt er 13097248022, kan dere sjekke om søknaden om barnehageplass er kommet fram?"
WRITTEN = [
    ("Kari Nordmann", ICE, 190),
    ("Ola Bråten", "Er biblioteket åpent 1. juledag?", 35),
    ("Aisha M.", "مرحبا، متى تفتح المكتبة؟", 55),
    ("Per Ås", "Dere er noen idioter hele gjengen. Når skal hullet i Fjordveien fikses?", 80),
    ("Ingunn Li", "Eg lurer på når svømmehallen opnar igjen etter vedlikehaldet?", 20),
    ("Jon Sæther", "Takk for fin brøyting i natt! 👏", 15),
    (None, "Hvem skal jeg ringe om vannet som er borte i Storgata?", 10),
    ("Lise Fjeld", "Vannet er borte i Storgata siden klokka sju. Når kommer det tilbake?", 12),
]
PRIVATE = [("Marte Hovland", NUMBER, 95), ("Geir Moen", "Hvor søker man om redusert foreldrebetaling i SFO?", 130)]


def login_of(person) -> Login:
    """A log-in for the person."""
    return Login.objects.filter(person=person).first() or Login.objects.create_user(email=person.email, person=person)


def write(house: House, author: str | None, text: str, at: datetime, *, kind: str = "BRANCH", post=None) -> Enquiry:
    """Somebody writes for the first time; without a name the platform keeps it back."""
    thread = house.thread(kind=kind, author=author or "", at=at)
    thread.post = post
    if author is None:
        thread.author = None
    thread.save()
    return again(house, thread, text, at)


def again(house: House, thread: Thread, text: str, at: datetime) -> Enquiry:
    """Somebody writes in a thread, and triage reads it."""
    with transaction.atomic():
        item = house.item(thread, at, text)
        changed = [Absorbed(item.pk, item, What.NEW, thread.pk, False)]
        assessments = triage.assess(absorbed=changed, by=INTAKE, at=at)
        intake.into_queue(changed, assessments, at=at)
        item.refresh_from_db()
        wording(item, 1, text, at)
    return Enquiry.objects.get(thread=thread)


def answer(enquiry: Enquiry, text: str, *, by, at: datetime, kind=AnswerKind.PUBLIC_REPLY) -> Answer:
    """Somebody answers, or asks for approval."""
    enquiry.refresh_from_db()
    codes = frozenset({"unsigned", "promise", "personal_data", "case_handling"})
    return inbox.answer(
        enquiry_id=enquiry.public_id, reply=Reply(kind, text, enquiry.version, confirmed=codes), by=by, at=at
    )


def with_text(text: str) -> Enquiry:
    """The enquiry in which somebody has written this."""
    return Enquiry.objects.select_related("thread").filter(thread__items__text__contains=text).distinct().get()


def publish_site(at: datetime) -> None:
    """The public site stands; what is on it does not matter here."""
    part = Part(b"<h1>Storvik kommune</h1>")
    publish_page(path="/", part=part, by=Operator("drift"), at=at)


def build(at: datetime) -> House:
    """The municipality in the middle of its day."""
    publish_site(at)
    house = build_house()
    Municipality.objects.update_or_create(
        id=1,
        defaults={"name": "Storvik kommune", "colour": "#1f4e79", "is_fictional": True, "is_set_up": True},
    )
    CalendarRow.objects.filter(kind=CalendarKind.ANSWERING).update(definition=every_hour())
    DeadlineRule.objects.update(within="3h")
    Connection.objects.update(last_event_at=at - timedelta(minutes=4), last_polled_at=at - timedelta(minutes=9))
    post = make_post(house, at)
    for author, text, minutes in WRITTEN:
        write(house, author, text, at - timedelta(minutes=minutes), post=post)
    for author, text, minutes in PRIVATE:
        write(house, author, text, at - timedelta(minutes=minutes), kind="PRIVATE")
    return house


def every_hour() -> dict:
    """Answering hours that never end, so that what a page says does not depend on when the tests run."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return {"time_zone": "Europe/Oslo", "holidays": None, "week": {day: [["00:00", "24:00"]] for day in days}}


def make_post(house: House, at: datetime) -> Post:
    """What we have written ourselves."""
    return Post.objects.create(
        scope_id=house.scope_id,
        connection=house.connection,
        external_id="post-1",
        is_own=True,
        text="I natt kommer det 30 cm snø. Mannskapene våre brøyter hovedveiene først, så boliggatene. "
        "Flytt gjerne bilen inn på egen tomt.",
        posted_at=at - timedelta(hours=9),
        received_at=at - timedelta(hours=9),
        permalink="https://facebook.example/post-1",
    )


def live(house: House, at: datetime) -> None:
    """Let colleagues work for a while: notes, answers in every state, promises, approvals, what goes wrong."""
    ice, water, hole = with_text("Storgata brøytet"), with_text("siden klokka sju"), with_text("Fjordveien")
    inbox.assign(enquiry_id=ice.public_id, to_person=house.officer.public_id, by=house.administrator, at=at)
    label = Label.objects.create(name="Vintervei")
    inbox.label(enquiry_id=ice.public_id, label_id=label.public_id, by=house.officer, at=at)
    house.item(
        ice.thread,
        at - timedelta(minutes=100),
        "Hei Kari! Vi brøyter Storgata før klokka ti. Hilsen Siri",
        is_own=True,
        external_id="own-1",
    )
    again(house, ice.thread, "Klokka er over ti, og det er fortsatt glatt. Kommer dere?", at - timedelta(minutes=44))
    edited = ice.thread.items.get(text=ICE)
    edit(edited, f"{ICE} Det haster!", at)
    note = "Ringte driftssentralen: bilen står i Elvegata, framme om en halvtime."
    inbox.add_note(enquiry_id=ice.public_id, text=note, by=house.administrator, at=at - timedelta(minutes=20))
    reply = "Hei igjen, Kari. Brøytebilen er hos dere om en halvtime. Vi sjekker at det er strødd innen i morgen. Siri"
    answer(ice, reply, by=house.administrator, at=at - timedelta(seconds=3))
    tomorrow = timezone.localtime(at + timedelta(days=1)).date()
    inbox.make_promise(enquiry_id=ice.public_id, on=tomorrow, by=house.administrator, at=at)
    unsure = answer(water, "Hei Lise! Vi leter etter lekkasjen nå. Hilsen Siri", by=house.administrator, at=at)
    stop(unsure, ActState.UNCONFIRMED, at)
    answer(hole, "Hei Per. Hullet fylles denne uka. Hilsen Eva", by=house.contributor, at=at)
    inbox.forward(
        enquiry_id=hole.public_id,
        kind=ForwardingKind.FACTUAL_ERROR,
        to_unit=house.unit.public_id,
        question="Stemmer det at hullet i Fjordveien er meldt tre ganger?",
        follow_up_at=at + timedelta(days=1),
        by=house.administrator,
        at=at,
    )
    mine = with_text("svømmehallen")
    inbox.hand_over(
        enquiry_ids=[mine.public_id],
        to_person=house.officer.public_id,
        note="Hallen ringer tilbake før lunsj.",
        by=house.administrator,
        at=at,
    )
    inbox.open_issue(
        scope_id=house.scope_id,
        title="Vannet er borte i Storgata",
        words=["vannet"],
        answer_text="Hei! Vi leter etter lekkasjen, og vannet er ventet tilbake i ettermiddag. Hilsen Storvik kommune",
        by=house.officer,
        at=at,
    )
    second_channel(at)


def edit(item, text: str, at: datetime) -> None:
    """The author writes it anew."""
    type(item).objects.filter(pk=item.pk).update(text=text, masked_text=text)
    wording(item, 2, text, at)


def wording(item, number: int, text: str, at: datetime) -> None:
    """One wording that an item has had; the first of an edited one was shorter."""
    ItemVersion.objects.create(
        item_id=item.pk,
        scope_id=item.scope_id,
        number=number,
        is_original=number == 1,
        text=text,
        masked_text=item.masked_text if text == item.text else text,
        content_hash=bytes([number]),
        posted_at=item.posted_at + timedelta(minutes=number),
        received_at=at,
    )
    type(item).objects.filter(pk=item.pk).update(version_count=number)
    ItemAssessment.objects.filter(item=item).update(version_number=number)


def stop(given: Answer, state: ActState, at: datetime) -> None:
    """The act stops on its way, and waits for a person."""
    OutboxAct.objects.filter(public_id=given.act_id).update(
        state=state, attempts=1, sending_at=at, next_attempt_at=None, next_step="look-first"
    )
    Answer.objects.filter(pk=given.pk).update(state=state)


def second_channel(at: datetime) -> Connection:
    """A page whose access is lost."""
    scope = Scope.objects.create(name="Storvik bibliotek")
    presence = Presence.objects.create(
        scope=scope, kind="MAIN_PAGE", name="Storvik bibliotek", opened_at=timezone.make_aware(datetime(2025, 1, 1))
    )
    return Connection.objects.create(
        scope_id=scope.id,
        presence=presence,
        platform="facebook",
        external_id="2002",
        name="Storvik bibliotek",
        state="NEEDS_RECONNECT",
        last_event_at=at - timedelta(days=3),
        last_polled_at=at - timedelta(days=3),
        opened_at=LONG_AGO,
    )
