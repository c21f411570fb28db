"""Names that did not come with a text are asked for, within the platform's allowance."""

from datetime import timedelta

import pytest

from tests.dialogue.arriving import AT, absorb, connect, event
from torg.audit.models import AuditEvent
from torg.channels.models import Connection
from torg.connectors import contract
from torg.dialogue import commands, following
from torg.dialogue.models import Author
from torg.dialogue.tasks import FETCHER

pytestmark = pytest.mark.django_db


class Channel:
    """A platform that knows one name; `problem` is what every further question ends in."""

    asked: list = []
    problem: contract.ChannelError | None = None

    def author_name(self, author_id):
        if Channel.problem is not None:
            raise Channel.problem
        Channel.asked.append(author_id)
        return {"7": "Oda Fantasdal"}.get(author_id)


def make(connection, secrets):
    return Channel()


@pytest.fixture
def connection(settings):
    settings.CHANNEL_FACTORY = "tests.dialogue.test_names.make"
    Channel.asked, Channel.problem = [], None
    made = connect()
    absorb(made, event(text="Hei", author_id="7"), event(text="Hallo", external_id="c2", author_id="8"))
    return made


def ask(connection, at=AT):
    return following.ask_for_names(connection, by=FETCHER, at=at)


def test_a_missing_name_is_filled_in_and_the_asking_is_audited(connection):
    assert ask(connection) == 1

    assert dict(Author.objects.values_list("external_id", "name")) == {"7": "Oda Fantasdal", "8": None}
    assert AuditEvent.objects.filter(name="dialogue.names.noted").exists()


def test_a_name_that_the_platform_keeps_back_is_not_asked_for_at_once_again(connection):
    ask(connection)
    ask(connection, AT + timedelta(days=1))
    before = list(Channel.asked)

    ask(connection, AT + timedelta(days=31))

    assert sorted(before) == ["7", "8"]
    assert Channel.asked[2:] == ["8"]


def test_a_dead_key_leaves_the_name_unknown_and_says_so_on_the_channel(connection):
    Channel.problem = contract.CredentialsDead("dead", code="190")

    assert ask(connection) == 0

    assert set(Author.objects.values_list("name", "name_asked_at")) == {(None, None)}
    assert Connection.objects.get().state == "NEEDS_RECONNECT"


def test_when_the_platform_asks_us_to_wait_we_wait(connection):
    Channel.problem = contract.RateLimited("slow", until=AT + timedelta(hours=1))
    ask(connection)
    Channel.problem = None
    connection.refresh_from_db()

    assert ask(connection, AT + timedelta(minutes=30)) == 0
    assert Channel.asked == []


def test_a_name_that_came_meanwhile_is_left_as_it_is(connection):
    author = Author.objects.get(external_id="7")
    Author.objects.filter(pk=author.pk).update(name="Oda F.")

    assert commands.note_names(names={author.pk: "Oda Fantasdal"}, by=FETCHER, at=AT) == 0
    assert Author.objects.get(pk=author.pk).name == "Oda F."
