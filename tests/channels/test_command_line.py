"""`torg channels`: thin words over the commands, with the operator in the log."""

import io

import pytest

from tests import factories
from tests.channels.fakes import SECRETS
from tests.channels.test_connections import Channel
from tests.dialogue.arriving import connect
from torg.audit.models import AuditEvent
from torg.channels import credentials
from torg.channels.models import Connection, PollCursor
from torg.config import channel_words
from torg.connectors import contract

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def platform(settings):
    settings.CHANNEL_FACTORY = "tests.channels.test_connections.make"
    Channel.problem, Channel.missing, Channel.pages, Channel.asked = None, frozenset(), (), []


def test_the_list_names_each_channel_and_how_it_is(capsys):
    connection = connect(name="Fjordvik")

    assert channel_words.main(["list"]) == 0
    assert f"✓ {connection.public_id} facebook Fjordvik, ACTIVE" in capsys.readouterr().out


def test_a_channel_that_needs_somebody_makes_the_status_one(capsys):
    connect(state="NEEDS_RECONNECT", problem="190/463")

    assert channel_words.main(["list"]) == 1
    assert "problem 190/463" in capsys.readouterr().out


def test_checking_asks_the_platform_and_names_the_operator_in_the_log(capsys):
    connect()
    Channel.problem = contract.CredentialsDead("dead", code="190")

    assert channel_words.main(["check"]) == 1

    assert Connection.objects.get().state == "NEEDS_RECONNECT"
    assert AuditEvent.objects.get(name="channels.connection.checked").actor_kind == "operator"


def test_history_is_asked_for(capsys):
    connection = connect()

    channel_words.main(["import-history", str(connection.public_id)])

    assert PollCursor.objects.get().is_history


def test_what_failed_is_taken_in_again(capsys):
    assert channel_words.main(["replay-failed"]) == 0
    assert AuditEvent.objects.filter(name="channels.delivery.replayed").exists()


def test_connecting_reads_the_keys_from_the_terminal_and_shows_none(capsys, monkeypatch, at):
    page = factories.presence(at=at)
    typed = io.StringIO(f"{SECRETS.token}\n{SECRETS.app_secret}\n{SECRETS.verify_token}\n")
    monkeypatch.setattr("sys.stdin", typed)

    assert channel_words.main(["connect", str(page.public_id), "100", "--app", "777"]) == 0

    assert credentials.unseal(Connection.objects.get().secrets) == SECRETS
    assert SECRETS.token not in capsys.readouterr().out
