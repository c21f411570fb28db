"""A text that nobody else writes goes through every flow: afterwards it stands only where it belongs."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.core import mail
from django.db import connection

from tests import factories
from tests.whole.house import House
from tests.whole.signing import comment, delivery, send
from torg.audit.models import AuditEvent
from torg.config import logs
from torg.core import clock
from torg.dialogue.models import Item
from torg.inbox import commands as inbox
from torg.inbox.models import Answer, Enquiry
from torg.inbox.types import AnswerKind, ForwardingKind, OfflineMeans
from torg.moderation import commands as moderation
from torg.moderation import tasks
from torg.moderation.breaching import Assessment
from torg.moderation.models import Exposed, Risk
from torg.moderation.reporting import Told
from torg.moderation.words import Ground
from torg.people.models import Person
from torg.people.types import Role
from torg.site import openness
from torg.site.models import SitePage

CANARY = "kanarifugl7391"
QUESTION = f"Når åpner {CANARY}? Ring meg."
THREAT = f"Jeg vet hvor du bor, {CANARY}, og jeg skal drepe deg i natt."
NOTE = f"Dette gjelder {CANARY}, vær varsom."
ANSWER = f"Hei! {CANARY} åpner kl. 10. Hilsen Ingrid"
NAME = f"Oda {CANARY.title()}"
# Every table in which nothing that people wrote may stand, with what of it is looked into.
SILENT = {
    "procrastinate_jobs": "t::text",
    "procrastinate_events": "t::text",
    "procrastinate_periodic_defers": "t::text",
    "audit_event": "t::text",
    "channels_rawdeliverystate": "t::text",
    "django_session": "t.session_key",
}


@pytest.fixture
def logged(settings) -> Iterator[io.StringIO]:
    """All that the product's own log says, down to the finest."""
    kept, level = logging.root.handlers[:], logging.root.level
    settings.LOG_LEVEL = "DEBUG"
    logs.configure()
    said = io.StringIO()
    logging.root.handlers[0].setStream(said)
    yield said
    logging.root.handlers[:] = kept
    logging.root.setLevel(level)


@pytest.fixture
def flown(logged, house, capsys) -> dict[str, str]:
    """The canary has been through everything; what was said, notified and asked for on the way."""
    payloads = Listening()
    with payloads:
        addresses = fly(house)
    out = capsys.readouterr()
    return {
        "log": logged.getvalue() + out.out + out.err,
        "notifications": "\n".join(payloads.heard),
        "addresses": "\n".join(addresses),
        "subjects": "\n".join(letter.subject for letter in mail.outbox),
        "mails": "\n".join(str(letter.message()) for letter in mail.outbox),
    }


class Listening:
    """Hears what the database notifies, on every channel of ours."""

    CHANNELS = ("torg_live", "torg_work", "torg_site", "procrastinate_any_queue_v1")

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __enter__(self) -> "Listening":
        self._connection = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None})
        self._connection.autocommit = True
        for channel in self.CHANNELS:
            self._connection.execute(f"LISTEN {channel}")
        return self

    def __exit__(self, *_error: object) -> None:
        for notice in self._connection.notifies(timeout=0.5):
            self.heard.append(f"{notice.channel} {notice.payload}")
        self._connection.close()


def fly(house: House) -> list[str]:
    """Let the canary through every flow; returns the addresses that were asked for on the way."""
    on_duty(house)
    post = house.post(f"Velkommen til {CANARY}.")
    asked = house.asks(post, QUESTION, NAME)
    threatened = house.asks(post, THREAT, NAME)
    message = house.writes(QUESTION, NAME)
    house.control.visitor("edit", target=asked, text=f"{QUESTION} Rettet.")
    house.control.visitor("mention", name=NAME, text=f"Hei {CANARY}")
    house.come_and_go()
    answer_and_fail(house, asked, message)
    handle(house, asked, threatened)
    moderate(house, asked)
    send_nonsense(house)
    inbox.warn(at=clock.now())
    inbox.escalate_alarms(at=clock.now())
    house.work()
    return [str(address) for address in look_around(house)]


def on_duty(house: House) -> None:
    from torg.people import commands as people

    people.give_duty(
        person=house.officer,
        from_at=clock.now(),
        until_at=clock.now().replace(year=2100),
        by=house.officer,
        at=clock.now(),
    )


def answer_and_fail(house: House, asked: str, message: str) -> None:
    """An answer that arrives, one that is refused, one that breaks in our hands, one by a key that dies."""
    house.plan_answer(asked, ANSWER)
    house.work()
    house.control.fault(
        match={"method": "POST", "path": "/messages$"},
        effect={"kind": "error", "code": 100, "status": 400, "message": f"Nei, {CANARY}"},
    )
    house.plan_answer(message, ANSWER, AnswerKind.MESSAGE)
    house.work()
    house.control.fault(match={"method": "POST", "path": "/comments$"}, effect={"kind": "html_after"})
    house.plan_answer(asked, f"{ANSWER} igjen")
    house.work()
    house.control.token(house.standin.page_token, is_valid=False)
    house.plan_answer(message, f"{ANSWER} en gang til", AnswerKind.MESSAGE)
    house.work()
    house.poll()
    house.reconnect()


def handle(house: House, asked: str, threatened: str) -> None:
    """Everything that staff do with it."""
    enquiry = house.enquiry_about(asked)
    other = house.enquiry_about(threatened)
    unit = factory_unit()
    at = clock.now()
    staff = house.staff()
    base = f"/inbox/enquiries/{enquiry.public_id}"
    staff.post(f"{base}/notes/", text=NOTE)
    staff.post(f"{base}/drafts/", text=ANSWER, kind="PUBLIC_REPLY", version="0")
    staff.post(f"{base}/checks/", text=ANSWER, kind="PUBLIC_REPLY")
    staff.post(f"{base}/answers/", text=f"{ANSWER} x", kind="PUBLIC_REPLY", seen_version="1")
    staff.post(f"{base}/closure/", because="NO_SUCH_REASON")
    inbox.forward(
        enquiry_id=enquiry.public_id,
        kind=ForwardingKind.CLAIM,
        to_unit=unit,
        question=f"Stemmer det at {CANARY}?",
        follow_up_at=at.replace(year=2100),
        by=house.officer,
        at=at,
    )
    inbox.link_matter(enquiry_ids=[enquiry.public_id, other.public_id], title=f"Om {CANARY}", by=house.officer, at=at)
    inbox.open_issue(
        scope_id=enquiry.scope_id,
        title=CANARY,
        words=[CANARY],
        answer_text=ANSWER,
        by=house.officer,
        at=at,
    )
    inbox.make_label(name=CANARY, by=house.officer, at=at)
    inbox.make_canned(title=CANARY, text=ANSWER, language="nb", by=house.officer, at=at)
    inbox.answer_offline(enquiry_id=other.public_id, means=OfflineMeans.PHONE, text=ANSWER, by=house.officer, at=at)
    reader = factories.person(f"Kari {CANARY.title()}")
    factories.role(reader, Role.CASE_OFFICER, at=at, scope=house.presence.scope)


def moderate(house: House, asked: str) -> None:
    """A report from outside, hidden and proposed in one act, sent back, a breach, a package, figures, a complaint."""
    at, deputy = clock.now(), factories.person("Berit Vold")
    factories.role(deputy, Role.DEPUTY, at=at)
    moderation.adopt_default_rulebook(by=house.officer, at=at - timedelta(days=1))
    item = Item.objects.get(external_id=asked)
    told = Told(link=f"https://eksempel.example/{CANARY}", text=NOTE, email=f"{CANARY}@example.org", sender="a")
    tip = moderation.receive_report(told=told, by=moderation.VISITOR, at=at)
    report = moderation.place_report(tip_id=tip.public_id, item_id=item.public_id, by=house.officer, at=at)
    act = {"case_id": report.case.public_id, "by": house.officer, "at": at}
    moderation.mute_reporter(tip_id=tip.public_id, days=1, reason="Misbruk", by=house.officer, at=at)
    made = moderation.remove_now(ground=Ground.PROTECTED_ADDRESS, reason=NOTE, is_impartial=True, **act)
    breach = moderation.open_breach(**act)
    words = {"what": NOTE, "whom": NOTE, "consequence": NOTE, "measures": NOTE, "how_many": 1}
    assessment = Assessment(exposed=Exposed.CONTACT, risk=Risk.HIGH, **words)
    moderation.assess_breach(breach_id=breach.public_id, assessment=assessment, by=house.officer, at=at)
    moderation.warn_of_breaches(at=breach.notify_by)
    moderation.make_police_package(reason=NOTE, **act)
    tasks.call_agreer(str(made.public_id), str(deputy.public_id))
    tasks.mail_breach(str(breach.public_id), str(deputy.public_id))
    moderation.return_proposal(proposal_id=made.public_id, reason=NOTE, is_impartial=True, by=deputy, at=at)
    openness.publish_year(year=at.year - 1, by=house.officer, at=at)
    house.work()


def factory_unit():
    from torg.people.models import Unit

    return Unit.objects.create(name=f"Enhet {CANARY}").public_id


def send_nonsense(house: House) -> None:
    """What cannot be taken in holds it too: bad JSON, a strange shape, another account, a wrong signature."""
    send(house, f"ikke json {CANARY}".encode())
    send(house, json.dumps({"object": "page", "entry": CANARY}).encode())
    send(house, json.dumps({"object": "page", "entry": [{"id": "100500000000001", CANARY: CANARY}]}).encode())
    send(house, delivery(comment(1, CANARY)).replace(b"100500000000001", b"999"))
    send(house, delivery(comment(2, CANARY)), secret=CANARY)
    send(house, delivery(comment(3, CANARY, item=CANARY, verb=CANARY)))
    house.work()


def look_around(house: House) -> Iterator[object]:
    """Every page of staff's that shows it; searching goes by the address's query, which nobody logs."""
    staff = house.staff()
    enquiry = Enquiry.objects.first()
    for path in ("/desk/moderation/", "/moderation/reports/", "/moderation/breaches/", "/moderation/transparency/"):
        yield staff.get(path).url
    pages = ["/desk/", "/desk/queue/", f"/desk/enquiries/{enquiry.public_id}/", "/desk/outbox/", "/desk/log/"]
    for path in pages:
        answer = staff.get(path)
        yield answer.url
        yield answer.headers.get("location", "")
    staff.get("/desk/queue/", params={"text": CANARY})
    staff.get(f"/{CANARY}-finnes-ikke")


def test_the_canary_has_been_everywhere_and_is_told_nowhere(flown, house):
    """One flight for all that is asked afterwards: it takes longer than every question together."""
    has_been_everywhere(flown)

    is_told_nowhere(flown)
    is_in_no_table_that_is_kept_silent()
    is_in_no_public_figure_and_no_list_of_staff(house)
    no_key_is_told_or_kept_in_the_open(flown, house)


def has_been_everywhere(flown):
    assert Item.objects.filter(text__contains=CANARY).count() > 3
    assert Answer.objects.filter(text__contains=CANARY).count() > 4
    assert Person.objects.filter(name__icontains=CANARY).exists()
    assert "web.answered" in flown["log"]
    assert flown["notifications"]


def is_told_nowhere(flown):
    for place, said in flown.items():
        # The address that somebody typed is theirs; only what we made of it counts.
        lines = [line for line in said.lower().splitlines() if f"/{CANARY}-finnes-ikke" not in line]
        assert [line for line in lines if CANARY in line] == [], place


def is_in_no_table_that_is_kept_silent():
    with connection.cursor() as cursor:
        for table, what in SILENT.items():
            cursor.execute(f"SELECT {what} FROM {table} t WHERE lower({what}) LIKE %s", [f"%{CANARY}%"])
            assert cursor.fetchall() == [], table


def is_in_no_public_figure_and_no_list_of_staff(house):
    staff = house.staff()
    lists = ("/moderation/reports/", "/moderation/breaches/", "/moderation/transparency/", "/moderation/equality/")

    told = [bytes(body).decode(errors="replace").lower() for body in SitePage.objects.values_list("body", flat=True)]
    shown = [staff.get(path).text.lower().replace(f"siden {CANARY}", "") for path in lists]

    assert [text for text in told if CANARY in text] == []
    assert [path for path, text in zip(lists, shown, strict=True) if CANARY in text] == []
    assert "protected_address" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def no_key_is_told_or_kept_in_the_open(flown, house):
    keys = (house.standin.page_token, house.standin.settings.app_secret, house.standin.settings.verify_token)

    assert [place for place, said in flown.items() for key in keys if key in said] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY(%s)', [[f"%{key}%" for key in keys]]
            )
            assert cursor.fetchone()[0] == 0, table
