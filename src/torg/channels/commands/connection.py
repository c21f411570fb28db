"""Connect an account, connect it again, close it, and look after it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.channels import credentials, events, health, leaving, policies, queries, waiting
from torg.channels.credentials import Credentials
from torg.channels.models import BY_HAND, NEXT_STATES, Connection, ConnectionState, PollCursor
from torg.channels.types import Account
from torg.connectors.contract import ChannelError, Health
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.registry import policies as registry
from torg.registry.models import Presence

HISTORY = timedelta(days=365)


@transaction.atomic
def connect(*, presence_id: UUID, account: Account, secrets: Credentials, by: Actor, at: datetime) -> Connection:
    """Connect an account to a presence (koble til en kanal): the access is tried, read back, and subscribed.

    Raises NotFound for a presence out of sight, NotAllowed, and Invalid when the access does not work, belongs to
    another account, or the account is connected already.
    """
    presence = _presence(presence_id, by=by, at=at)
    policies.check_can_manage(by, presence.scope_id, at=at)
    registry.check_can_connect(presence)
    connection = Connection(
        scope_id=presence.scope_id,
        presence=presence,
        platform=account.platform,
        external_id=account.external_id,
        app_id=account.app_id,
        secrets=credentials.seal(secrets),
        opened_at=at,
    )
    _try_access(connection, at=at)
    try:
        with transaction.atomic():
            connection.save()
    except IntegrityError as error:
        # Says no more than this: whoever connects here may not see where it is connected.
        raise Invalid(_("This account is connected already. Connect it again from its own page.")) from error
    audit.record(events.CONNECTED, actor=by, scope=connection.scope_id, target=connection, at=at)
    jobs.enqueue("channels.poll", once=f"channels.poll.{connection.id}", connection_id=connection.id)
    jobs.enqueue("channels.read_account", once=f"channels.account.{connection.id}", connection_id=connection.id)
    return connection


@transaction.atomic
def reconnect(*, account: Account, secrets: Credentials, by: Actor, at: datetime) -> Connection:
    """Give a connection new credentials; it is found by the platform's own id, and its history stays.

    What waited for a new key goes out. When the new access does not work, nothing of the old one is kept either: the
    connection then needs reconnecting, and says so. Raises NotFound, NotAllowed.
    """
    found = Connection.objects.visible_to(by, at=at).select_for_update()
    connection: Connection | None = found.filter(platform=account.platform, external_id=account.external_id).first()
    if connection is None:
        raise NotFound(_("There is no such channel."))
    policies.check_can_manage(by, connection.scope_id, at=at)
    registry.check_can_connect(connection.presence)
    connection.secrets = credentials.seal(secrets)
    connection.app_id = account.app_id or connection.app_id
    try:
        _try_access(connection, at=at)
        _move(connection, ConnectionState.ACTIVE)
        connection.closed_at, connection.problem = None, ""
    except Invalid as problem:
        kept = Credentials(app_secret=secrets.app_secret, verify_token=secrets.verify_token)
        connection.secrets = credentials.seal(kept)
        connection.state, connection.closed_at = ConnectionState.NEEDS_RECONNECT, None
        connection.problem = problem.message[:200]
    connection.save()
    facts: dict[str, int | str] = {"state": connection.state}
    if connection.state == ConnectionState.ACTIVE:
        facts["sent_on"] = waiting.send_on(connection, by=by, at=at)
    audit.record(events.RECONNECTED, actor=by, scope=connection.scope_id, target=connection, at=at, facts=facts)
    return connection


@transaction.atomic
def close(*, connection_id: UUID, by: Actor, at: datetime) -> Connection:
    """Close a channel (koble fra): nothing is fetched or sent any more, what it has delivered stays as a record.

    The platform is asked to deliver nothing more, and then the keys are destroyed.
    """
    connection = _locked(connection_id, by=by, at=at)
    policies.check_can_manage(by, connection.scope_id, at=at)
    _close(connection, at=at)
    audit.record(events.CLOSED, actor=by, scope=connection.scope_id, target=connection, at=at)
    return connection


@transaction.atomic
def close_all(*, scope_id: UUID, by: Actor, at: datetime) -> int:
    """Close every channel of a presence that ends, in the transaction in which it ends; returns how many."""
    policies.check_can_manage(by, scope_id, at=at)
    standing = Connection.objects.select_for_update().filter(scope_id=scope_id).exclude(platform=BY_HAND)
    rows = list(standing.exclude(state=ConnectionState.CLOSED).order_by("id"))
    for connection in rows:
        _close(connection, at=at)
        audit.record(events.CLOSED, actor=by, scope=scope_id, target=connection, at=at)
    return len(rows)


@transaction.atomic
def destroy_keys(*, connection_id: UUID, by: Actor, at: datetime) -> Connection:
    """Destroy the keys of a closed channel; one that somebody has connected again meanwhile keeps its new ones."""
    connection = _locked(connection_id, by=by, at=at)
    if connection.state == ConnectionState.CLOSED:
        connection.secrets = b""
        connection.save(update_fields=["secrets"])
        audit.record(events.KEYS_DESTROYED, actor=by, scope=connection.scope_id, target=connection, at=at)
    return connection


@transaction.atomic
def check_connection(*, connection_id: UUID, by: Actor, at: datetime) -> Connection:
    """Read access and subscription back from the platform, and subscribe again to what has fallen away."""
    connection = _locked(connection_id, by=by, at=at)
    if connection.state == ConnectionState.CLOSED:
        raise InvalidTransition(_("The channel is closed. Connect it again first."))
    try:
        _note(connection, _read_back(connection), at=at)
        _move(connection, ConnectionState.ACTIVE)
        connection.problem = ""
    except ChannelError as error:
        health.note_error(connection, error)
    connection.silence_after = health.silence_after(connection, at=at)
    connection.save()
    facts: dict[str, int | str] = {"state": connection.state, "missing_fields": len(connection.missing_fields)}
    audit.record(events.CHECKED, actor=by, scope=connection.scope_id, target=connection, at=at, facts=facts)
    return connection


@transaction.atomic
def mark_broken(*, connection_id: UUID, code: str, by: Actor, at: datetime) -> Connection:
    """The platform refused our key: nothing is sent until somebody connects again. Twice is once."""
    connection = _locked(connection_id, by=by, at=at)
    if connection.state == ConnectionState.ACTIVE:
        _move(connection, ConnectionState.NEEDS_RECONNECT)
        connection.problem = code[:200]
        connection.save(update_fields=["state", "problem"])
    facts = {"state": connection.state}
    audit.record(events.CHECKED, actor=by, scope=connection.scope_id, target=connection, at=at, facts=facts)
    return connection


@transaction.atomic
def decide_media(*, connection_id: UUID, keeps_media: bool, by: Actor, at: datetime) -> Connection:
    """Decide whether pictures and films are kept here, or only described with their hash."""
    connection = _locked(connection_id, by=by, at=at)
    policies.check_can_manage(by, connection.scope_id, at=at)
    connection.keeps_media = keeps_media
    connection.save(update_fields=["keeps_media"])
    facts = {"keeps_media": int(keeps_media)}
    audit.record(events.MEDIA_DECIDED, actor=by, scope=connection.scope_id, target=connection, at=at, facts=facts)
    return connection


@transaction.atomic
def import_history(*, connection_id: UUID, by: Actor, at: datetime) -> Connection:
    """Fetch the last year from before we connected; it starts no clock and raises no alarm."""
    connection = _locked(connection_id, by=by, at=at)
    policies.check_can_manage(by, connection.scope_id, at=at)
    for object_type in queries.channel_for(connection).object_types():
        PollCursor.objects.update_or_create(
            connection=connection,
            object_type=object_type,
            is_history=True,
            defaults={"since": at - HISTORY, "token": "", "finished_at": None},
        )
    audit.record(events.HISTORY_ASKED, actor=by, scope=connection.scope_id, target=connection, at=at)
    jobs.enqueue("channels.fetch_history", once=f"channels.history.{connection.id}", connection_id=connection.id)
    return connection


@transaction.atomic
def rotate_secrets(*, by: Actor, at: datetime) -> int:
    """Encrypt all credentials with the newest of `CREDENTIAL_KEYS`; returns how many. The old key can then go."""
    policies.check_can_operate(by)
    rows = list(Connection.objects.select_for_update().only("id", "secrets").order_by("id"))
    for connection in rows:
        connection.secrets = credentials.reseal(connection.secrets)
    Connection.objects.bulk_update(rows, ["secrets"])
    audit.record(events.SECRETS_ROTATED, actor=by, scope=None, target=None, at=at, facts={"connections": len(rows)})
    return len(rows)


def _presence(presence_id: UUID, *, by: Actor, at: datetime) -> Presence:
    presence: Presence | None = Presence.objects.visible_to(by, at=at).filter(public_id=presence_id).first()
    if presence is None:
        raise NotFound(_("There is no such page."))
    return presence


def _locked(connection_id: UUID, *, by: Actor, at: datetime) -> Connection:
    found = Connection.objects.visible_to(by, at=at).select_for_update()
    connection: Connection | None = found.filter(public_id=connection_id).first()
    if connection is None:
        raise NotFound(_("There is no such channel."))
    return connection


def _close(connection: Connection, *, at: datetime) -> None:
    has_access = connection.state == ConnectionState.ACTIVE
    _move(connection, ConnectionState.CLOSED)
    connection.closed_at = at
    if not has_access or not leaving.ask_to_leave(connection, at=at):
        connection.secrets = b""
    connection.save()


def _move(connection: Connection, state: ConnectionState) -> None:
    now = ConnectionState(connection.state)
    if state != now and state not in NEXT_STATES[now]:
        raise InvalidTransition(_("The channel is “%s”, so this cannot be done.") % now.label)
    connection.state = state


def _try_access(connection: Connection, *, at: datetime) -> None:
    try:
        _note(connection, _read_back(connection), at=at)
    except ChannelError as error:
        raise Invalid(
            _("The platform did not accept this access. Check the key and the account, then try again. (%s)")
            % (error.code or type(error).__name__)
        ) from error


def _read_back(connection: Connection) -> Health:
    """What the platform says of our access, after asking for what was missing."""
    channel = queries.channel_for(connection)
    found = channel.health()
    if found.missing_fields:
        channel.subscribe()
        found = channel.health()
    connection.capabilities = asdict(channel.capabilities())
    return found


def _note(connection: Connection, found: Health, *, at: datetime) -> None:
    connection.name = found.account_name or connection.name
    connection.granted_scopes, connection.missing_scopes = sorted(found.scopes), sorted(found.missing_scopes)
    connection.subscribed_fields, connection.missing_fields = (
        sorted(found.subscribed_fields),
        sorted(found.missing_fields),
    )
    connection.subscription_verified_at = at
    connection.token_expires_at = found.expires_at
    connection.data_access_expires_at = found.data_access_expires_at
