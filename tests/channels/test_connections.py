"""Connecting, reconnecting, closing; keys at rest; what a channel says of itself."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from structlog.testing import capture_logs

from tests import factories
from tests.dialogue.arriving import connect as connected
from tests.registry import scene
from torg.audit.models import AuditEvent
from torg.channels import commands, credentials, health, outbound, policies, polling, queries, telling
from torg.channels.credentials import Credentials
from torg.channels.models import ActivityHour, Connection, PollCursor, RawDelivery
from torg.channels.types import Account
from torg.connectors import contract
from torg.connectors.contract import ActKind, Capabilities, Health
from torg.core import ids
from torg.core.actors import Operator
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.outbox import queries as outbox
from torg.outbox import sending
from torg.outbox.types import Sent
from torg.registry import commands as registry
from torg.registry.models import FigureTold, PlatformAccess
from torg.registry.types import Ending
from torg.registry.words import Followers, Kept

TOKEN = "EAAG-hemmelig-nøkkel"
SECRETS = Credentials(token=TOKEN, app_secret="app-hemmelighet", verify_token="bekreft")
ACCOUNT = Account("facebook", "100", app_id="777")
OPERATOR = Operator("drift")
pytestmark = pytest.mark.django_db


class Channel:
    """A platform in memory; `problem` is what every call ends in."""

    problem: contract.ChannelError | None = None
    missing: frozenset[str] = frozenset()
    pages: tuple[contract.Polled, ...] = ()
    asked: list = []
    left = 0

    def health(self):
        self._maybe_fail()
        return Health("Fjordvik", frozenset({"pages_messaging"}), frozenset(), frozenset({"feed"}), Channel.missing)

    def subscribe(self):
        Channel.missing = frozenset()

    def unsubscribe(self):
        self._maybe_fail()
        Channel.left += 1

    def account(self):
        self._maybe_fail()
        return contract.AccountTold(name="Fjordvik", figures=(contract.Measured("followers_count", 4100),))

    def holders(self):
        self._maybe_fail()
        return contract.HoldersTold((contract.Holder("7", "Ukjent Person", may_manage=True),))

    def capabilities(self):
        return Capabilities(can_reply=True, can_message=True, human_window_seconds=7 * 86_400)

    def object_types(self):
        return ("comments",)

    def perform(self, act):
        self._maybe_fail()
        return contract.Done("c2")

    def poll(self, cursor):
        self._maybe_fail()
        Channel.asked.append(cursor)
        return Channel.pages[len(Channel.asked) - 1]

    def _maybe_fail(self):
        if Channel.problem is not None:
            raise Channel.problem


def make(connection, secrets):
    return Channel()


@pytest.fixture(autouse=True)
def platform(settings):
    settings.CHANNEL_FACTORY = "tests.channels.test_connections.make"
    Channel.problem, Channel.missing, Channel.pages, Channel.asked, Channel.left = None, frozenset(), (), [], 0


@pytest.fixture
def page(at):
    return factories.presence(at=at)


@pytest.fixture
def officer(at):
    return factories.officer(at=at)


def connect(page, by, at, account=ACCOUNT):
    return commands.connect(presence_id=page.public_id, account=account, secrets=SECRETS, by=by, at=at)


@pytest.mark.strategy("A4")
def test_connecting_reads_back_what_we_got_and_leaves_a_trace(page, officer, at):
    Channel.missing = frozenset({"messages"})

    connection = connect(page, officer, at)

    assert (connection.name, connection.missing_fields, connection.state) == ("Fjordvik", [], "ACTIVE")
    assert AuditEvent.objects.filter(name="channels.connection.connected", scope_id=page.scope_id).exists()


def test_a_page_administrator_may_not_connect(page, at):
    with pytest.raises(NotAllowed):
        connect(page, factories.administrator(page, at=at), at)


def test_a_page_out_of_sight_is_not_there(page, at):
    with pytest.raises(NotFound):
        connect(page, factories.person(), at)


def test_an_access_that_does_not_work_is_not_connected(page, officer, at):
    Channel.problem = contract.CredentialsDead("dead", code="190/460")

    with pytest.raises(Invalid, match="190/460"):
        connect(page, officer, at)

    assert not Connection.objects.exists()


def test_an_account_is_connected_once_and_the_refusal_names_no_other_page(page, officer, at):
    connect(page, officer, at)

    with pytest.raises(Invalid) as refusal:
        connect(factories.presence("Hemmelig gruppe", at=at), officer, at)

    assert page.name not in str(refusal.value)


def test_secrets_are_nowhere_in_plain_text(page, officer, at):
    with capture_logs() as logs:
        connection = connect(page, officer, at)

    stored = bytes(Connection.objects.get().secrets)
    assert TOKEN.encode() not in stored
    for shown in (repr(SECRETS), repr(connection), str(connection.__dict__), str(logs), str(SECRETS)):
        assert TOKEN not in shown and "app-hemmelighet" not in shown


def test_rotating_encrypts_all_with_the_newest_key(page, officer, at, settings):
    connect(page, officer, at)
    old, new = settings.CREDENTIAL_KEYS[0], Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [new, old]

    assert commands.rotate_secrets(by=OPERATOR, at=at) == 1

    settings.CREDENTIAL_KEYS = [new]
    assert credentials.unseal(Connection.objects.get().secrets) == SECRETS
    settings.CREDENTIAL_KEYS = [old]
    with pytest.raises(credentials.Unreadable):
        credentials.unseal(Connection.objects.get().secrets)


def test_rotating_is_for_those_who_run_the_server(officer, at):
    with pytest.raises(NotAllowed):
        commands.rotate_secrets(by=officer, at=at)


def test_reconnecting_finds_the_connection_by_the_platforms_id(page, officer, at):
    before = connect(page, officer, at)
    commands.close(connection_id=before.public_id, by=officer, at=at)

    after = commands.reconnect(account=ACCOUNT, secrets=Credentials(token="ny"), by=officer, at=at)

    assert (after.pk, after.state, after.closed_at) == (before.pk, "ACTIVE", None)
    assert credentials.unseal(after.secrets).token == "ny"


def test_a_failed_reconnect_keeps_nothing_of_the_old_token(page, officer, at):
    connect(page, officer, at)
    Channel.problem = contract.CredentialsDead("dead", code="190")

    after = commands.reconnect(account=ACCOUNT, secrets=Credentials(token="ny", app_secret="a"), by=officer, at=at)

    assert (after.state, credentials.unseal(after.secrets)) == ("NEEDS_RECONNECT", Credentials(app_secret="a"))


def test_closing_ends_the_subscription_destroys_the_keys_and_keeps_the_record(page, officer, at):
    connection = connect(page, officer, at)

    commands.close(connection_id=connection.public_id, by=officer, at=at)
    assert credentials.unseal(Connection.objects.get().secrets) == SECRETS
    sending.send_due(at=at)

    stored = Connection.objects.get()
    assert (stored.state, bytes(stored.secrets), stored.closed_at) == ("CLOSED", b"", at)
    assert Channel.left == 1
    with pytest.raises(InvalidTransition):
        commands.check_connection(connection_id=connection.public_id, by=OPERATOR, at=at)


def test_keys_are_destroyed_also_where_the_platform_refuses_to_end_the_subscription(page, officer, at):
    connection = connect(page, officer, at)
    commands.close(connection_id=connection.public_id, by=officer, at=at)
    Channel.problem = contract.PermissionMissing("no", code="200")

    sending.send_due(at=at)

    assert bytes(Connection.objects.get().secrets) == b""
    assert outbox.stuck([page.scope_id]).get().handler == "channels.leave"


def test_what_the_platform_tells_of_the_account_goes_to_the_register(page, officer, at):
    connection = connect(page, officer, at)

    assert telling.read_account(connection, by=OPERATOR, at=at)
    Channel.problem = contract.CredentialsDead("dead", code="190")
    assert not telling.read_account(connection, by=OPERATOR, at=at)
    Channel.problem = None
    assert not telling.read_access(connection, by=OPERATOR, at=at)

    assert FigureTold.objects.get().value == 4100
    assert connection.state == "NEEDS_RECONNECT"


@pytest.mark.parametrize(
    ("problem", "state"), [(contract.PermissionMissing, "ACTIVE"), (contract.CredentialsDead, "NEEDS_RECONNECT")]
)
def test_who_has_access_goes_to_the_register_and_who_will_not_tell_is_in_no_trouble(page, officer, at, problem, state):
    connection = connect(page, officer, at)
    assert telling.read_access(connection, by=OPERATOR, at=at)
    assert PlatformAccess.objects.get().scope_id == page.scope_id

    Channel.problem = problem("no", code="200")

    assert not telling.read_access(connection, by=OPERATOR, at=at)
    connection.refresh_from_db()
    assert connection.state == state


def test_who_connects_again_before_the_platform_was_told_stays(page, officer, at):
    connection = connect(page, officer, at)
    commands.close(connection_id=connection.public_id, by=officer, at=at)
    commands.reconnect(account=ACCOUNT, secrets=SECRETS, by=officer, at=at)

    sending.send_due(at=at)

    assert Channel.left == 0
    assert credentials.unseal(Connection.objects.get().secrets) == SECRETS


def test_a_presence_that_ends_takes_its_channels_with_it(page, officer, at):
    connection = connect(page, officer, at)
    scene.exported(page, by=officer, at=at)

    registry.close_presence(presence_id=page.public_id, ending=Ending(Followers.TOLD, Kept.ARCHIVED), by=officer, at=at)

    connection.refresh_from_db()
    assert (connection.state, connection.closed_at) == ("CLOSED", at)
    assert polling.poll(connection, at=at) and Channel.asked == []
    with pytest.raises(InvalidTransition):
        commands.reconnect(account=ACCOUNT, secrets=SECRETS, by=officer, at=at)


def test_checking_subscribes_again_to_what_has_fallen_away(page, officer, at):
    connection = connect(page, officer, at)
    Channel.missing = frozenset({"messages"})

    found = commands.check_connection(connection_id=connection.public_id, by=OPERATOR, at=at)

    assert found.missing_fields == [] and found.subscription_verified_at == at


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (contract.CredentialsDead("x", code="190"), "NEEDS_RECONNECT"),
        (contract.PermissionMissing("x", code="200"), "NEEDS_RECONNECT"),
        (contract.Temporary("x", code="2"), "ACTIVE"),
        (contract.RateLimited("x", code="4"), "ACTIVE"),
    ],
)
def test_only_what_concerns_our_access_breaks_a_connection(page, officer, at, problem, state):
    connection = connect(page, officer, at)
    Channel.problem = problem

    found = commands.check_connection(connection_id=connection.public_id, by=OPERATOR, at=at)

    assert found.state == state


def test_a_busy_channel_that_goes_quiet_is_told(at):
    connection = connected(last_event_at=at)
    for hours in range(0, 72, 6):
        hour = at - timedelta(hours=hours)
        ActivityHour.objects.create(connection=connection, hour_at=hour, events=5)

    connection.silence_after = health.silence_after(connection, at=at)

    assert connection.silence_after == timedelta(hours=12)
    assert not queries.health_of(connection, at=at + timedelta(hours=11)).is_silent
    assert queries.health_of(connection, at=at + timedelta(hours=13)).is_silent


def test_a_channel_that_is_never_busy_raises_no_alarm(at):
    connection = connected(last_event_at=at)
    ActivityHour.objects.create(connection=connection, hour_at=at, events=3)

    assert health.silence_after(connection, at=at) is None


def test_a_token_that_runs_out_is_told_two_weeks_before(at):
    connection = connected(token_expires_at=at + timedelta(days=13))

    assert queries.health_of(connection, at=at).is_token_running_out
    assert not queries.health_of(connection, at=at - timedelta(days=2)).is_token_running_out


def test_reading_goes_on_from_its_cursor_and_stores_what_it_reads(at):
    connection = connected()
    event = contract.InboundEvent(contract.Kind.COMMENT, "add", "100", external_id="c1", text="Hei")
    halfway = contract.Cursor("comments", connection.opened_at, "side-2")
    Channel.pages = (
        contract.Polled((event,), halfway, is_last=False),
        contract.Polled((event,), contract.Cursor("comments", at), is_last=True),
    )

    assert polling.poll(connection, at=at)

    assert [cursor.token for cursor in Channel.asked] == [None, "side-2"]
    assert RawDelivery.objects.filter(source="POLL", connection=connection).count() == 2
    assert PollCursor.objects.get().since == at - polling.OVERLAP


def test_a_poll_that_meets_a_limit_stops_and_waits(at):
    connection = connected()
    Channel.problem = contract.RateLimited("slow", until=at + timedelta(hours=1))

    polling.poll(connection, at=at)
    connection.refresh_from_db()
    Channel.problem = AssertionError("asked too early")
    polling.poll(connection, at=at + timedelta(minutes=30))

    assert connection.calls_paused_until == at + timedelta(hours=1)


def test_history_is_read_with_its_own_cursor_and_marked(page, officer, at):
    connection = connect(page, officer, at)
    event = contract.InboundEvent(contract.Kind.COMMENT, "add", "100", external_id="old", text="I fjor")
    Channel.pages = (contract.Polled((event,), contract.Cursor("comments"), is_last=True),)

    commands.import_history(connection_id=connection.public_id, by=officer, at=at)
    polling.poll(connection, at=at, is_history=True)

    assert Channel.asked[0].since == at - timedelta(days=365)
    assert RawDelivery.objects.get().source == "HISTORY"


def act_on(connection, at):
    payload = {
        "connection": str(connection.public_id),
        "act": {"kind": "reply", "account_id": "100", "target_id": "c1", "text": "Takk"},
    }
    fields = dict.fromkeys(("external_id", "permalink", "error_class", "error_code", "error_reason", "next_step"), "")
    return Sent(
        public_id=ids.new(), scope_id=connection.scope_id, handler="channels.act", kind="reply", serial_key="c1",
        subject_kind="inbox.answer", subject_id=ids.new(), payload=payload, place="Facebook", state="SENDING",
        attempts=1, planned_at=at, sending_at=at, finished_at=None, **fields,
    )  # fmt: skip


def test_an_act_goes_out_through_the_channel(at):
    assert outbound.perform(act_on(connected(), at)).external_id == "c2"


def test_a_dead_key_is_remembered_and_the_next_act_is_not_even_tried(at):
    connection = connected()
    Channel.problem = contract.CredentialsDead("dead", code="190/463")

    for _ in range(2):
        with pytest.raises(contract.CredentialsDead):
            outbound.perform(act_on(connection, at))
        Channel.problem = None

    connection.refresh_from_db()
    assert (connection.state, connection.problem) == ("NEEDS_RECONNECT", "190/463")


HEARD: list = []


def hear(*, subject_id, act, at):
    HEARD.append((subject_id, act.state))


def test_the_owner_of_the_subject_hears_the_outcome(at, settings):
    settings.OUTCOME_HANDLERS = {"inbox.answer": "tests.channels.test_connections.hear"}
    act = act_on(connected(), at)

    outbound.on_outcome(act, at)

    assert [(act.subject_id, "SENDING")] == HEARD


@pytest.mark.parametrize(("days", "may"), [(6, True), (8, False)])
def test_a_closed_window_stops_a_message_and_names_another_way(at, days, may):
    connection = connected()
    can = Capabilities(can_message=True, human_window_seconds=7 * 86_400)

    def check():
        policies.check_can_send(connection, can, ActKind.MESSAGE, at=at, last_inbound_at=at - timedelta(days=days))

    if may:
        check()
        return
    with pytest.raises(InvalidTransition, match=r"letter|brev"):
        check()
