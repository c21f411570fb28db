"""E-mail to colleagues: as each has chosen, in the hours that each has chosen, and never twice."""

import smtplib
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from tests import factories
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid
from torg.people import commands, mailing, notifying, posting
from torg.people.models import Letter, Notification
from torg.people.quiet import Quiet
from torg.people.types import USUALLY, LetterKind, LetterState, NotificationKind, Tell

EVENING = Quiet(time(20), time(6), has_quiet_weekends=True)
KIND = NotificationKind


class Server(BaseEmailBackend):
    """A mail server that behaves as the test says, once for each word: open, refuse, silent or take."""

    behaves: list[str] = []
    taken: list[str] = []

    def open(self):
        if self.behaves[:1] == ["open"]:
            self.behaves.pop(0)
            raise TimeoutError("no connection")
        return True

    def send_messages(self, messages):
        what = self.behaves.pop(0) if self.behaves else "take"
        if what == "refuse":
            raise smtplib.SMTPDataError(451, b"try again later")
        self.taken.extend(message.subject for message in messages)
        if what == "silent":
            raise TimeoutError("the server took it and went silent")
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{Server.__module__}.Server"
    Server.behaves, Server.taken = [], []
    return Server


@pytest.fixture
def person(db):
    return factories.person("Kine Kino")


def tell(person, kind, at, key="1"):
    notifying.tell([person], kind, path="/desk/", key=key, at=at)


def choose(person, at, quiet=EVENING, **tells):
    chosen = {KIND(kind): Tell(soon) for kind, soon in tells.items()}
    commands.choose_notifications(tells=chosen, quiet=quiet, by=person, at=at)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        pytest.param(datetime(2026, 3, 10, 20, 0), True, id="when it begins"),
        pytest.param(datetime(2026, 3, 10, 5, 59), True, id="before the morning"),
        pytest.param(datetime(2026, 3, 10, 6, 0), False, id="in the morning"),
        pytest.param(datetime(2026, 3, 14, 12, 0), True, id="a Saturday"),
    ],
)
def test_quiet_hours_last_past_midnight(moment, holds):
    assert EVENING.holds(moment) is holds
    assert not Quiet(time(0), time(0), has_quiet_weekends=False).holds(moment)


def test_every_kind_has_a_usual_way():
    assert set(USUALLY) == set(NotificationKind)


def test_what_is_told_at_once_goes_alone_and_what_is_daily_goes_together_in_the_morning(person, at):
    tell(person, KIND.ADVICE_ANSWERED, at)
    tell(person, KIND.ASSIGNED, at)
    tell(person, KIND.ACKNOWLEDGE, at)
    tell(person, KIND.ACKNOWLEDGE, at)
    early = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)

    assert mailing.send_due(at=early) == 1
    assert mailing.send_due(at=at) == 1
    assert mailing.send_due(at=at + timedelta(hours=1)) == 0
    tell(person, KIND.ASSIGNED, at, key="2")
    assert mailing.send_due(at=at + timedelta(hours=1)) == 0
    assert mailing.send_due(at=at + timedelta(days=1)) == 1
    assert len(mail.outbox) == 3
    assert person.name not in "".join(message.subject + message.body for message in mail.outbox)


def test_what_one_never_wants_is_never_sent_and_quiet_hours_make_it_wait(person, at):
    choose(person, at, ASSIGNED="NEVER", ADVICE_ANSWERED="AT_ONCE")
    tell(person, KIND.ASSIGNED, at)
    tell(person, KIND.ADVICE_ANSWERED, at)

    assert mailing.send_due(at=datetime(2026, 3, 10, 21, 0, tzinfo=UTC)) == 0
    assert mailing.send_due(at=datetime(2026, 3, 11, 7, 0, tzinfo=UTC)) == 1
    assert Notification.objects.get().kind == KIND.ADVICE_ANSWERED
    assert AuditEvent.objects.filter(name="people.notifications.chosen").count() == 1
    with pytest.raises(Invalid):
        choose(person, at, quiet=Quiet(time.min, time.max, has_quiet_weekends=True))


@pytest.mark.parametrize(
    ("behaves", "state", "taken"),
    [
        pytest.param(["take"], "SENT", 1, id="it takes the letter"),
        pytest.param(["silent"], "UNCONFIRMED", 1, id="it takes the letter and goes silent"),
        pytest.param(["open", "take"], "SENT", 1, id="it cannot be reached at first"),
        pytest.param(["refuse", "take"], "SENT", 1, id="it refuses at first"),
        pytest.param(["refuse"] * 9, "FAILED", 0, id="it refuses for good"),
    ],
)
def test_a_letter_is_taken_by_the_server_once_at_most(person, server, at, behaves, state, taken):
    server.behaves = list(behaves)
    tell(person, KIND.ADVICE_ANSWERED, at)

    for round_number in range(8):
        mailing.send_due(at=at + timedelta(minutes=5 * round_number))

    assert Letter.objects.get().state == state
    assert len(server.taken) == taken


def test_a_letter_that_another_job_has_claimed_is_left_to_it(person, server, at):
    Letter.objects.create(person=person, kind=LetterKind.DIGEST, period="2026-W10", claimed_at=at)

    assert posting.post(person, LetterKind.DIGEST, "2026-W10", compose=lambda: ("A", "B"), at=at) is None
    assert server.taken == []


def test_a_letter_whose_process_fell_may_have_gone_and_is_not_sent_again(person, server, at):
    Letter.objects.create(person=person, kind=LetterKind.DIGEST, period="2026-W10", claimed_at=at)
    later = at + timedelta(hours=1)

    mailing.send_due(at=later)

    assert Letter.objects.get().state == LetterState.UNCONFIRMED
    assert posting.post(person, LetterKind.DIGEST, "2026-W10", compose=lambda: ("A", "B"), at=later) is None


def test_the_choices_are_made_on_a_page_of_ones_own(client, person):
    client.force_login(factories.login(person), "django.contrib.auth.backends.ModelBackend")
    shown = client.get("/people/notifications/")
    form = {**shown.context["form"].initial, "ASSIGNED": "NEVER", "from_time": "21:00", "until_time": "07:00"}

    assert "DIGEST" not in shown.context["form"].fields
    assert client.post("/people/notifications/", {**form, "ASSIGNED": "SOMETIMES"}).status_code == 422
    assert client.post("/people/notifications/", form).status_code == 303
    assert mailing.wishes_of(person).of("ASSIGNED") == Tell.NEVER
    assert mailing.wishes_of(person).quiet.from_time == time(21)
