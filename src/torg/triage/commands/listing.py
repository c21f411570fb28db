"""Put hosts on a list, take them off, and take a file of them over after somebody has looked at it."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.people.models import Person
from torg.triage import events, host_files, policies
from torg.triage.models import HostChange, HostFile, HostWay, ListedHost, ListKind

# The lists are changed one change at a time.
LOCK = 0x686F7374
LONGEST_REASON = 300


@transaction.atomic
def list_host(*, host: str, kind: ListKind, reason: str, by: Person, at: datetime) -> ListedHost:
    """Put a host, with all that lies under it, on a list (føre opp på liste); off the other list where it stood there.

    Args:
        host: a name, or a whole address in which it stands.
        kind: which list.
        reason: told to colleagues; needed to block.
        by: whoever keeps the rules everywhere.
        at: now.

    Raises NotAllowed; Invalid, naming the field, for what is no host, our own host, or a host that stands there.
    """
    policies.check_can_keep_lists(by, at=at)
    name = host_files.host_in(host)
    if not name:
        raise Invalid(_("Write the host alone, for example eksempel.no."), field="host")
    _check_reason(kind, reason)
    _check_not_ours([name], kind)
    _alone()
    standing = ListedHost.objects.filter(name=name, ended_in=None).first()
    if standing is not None and standing.kind == kind:
        raise Invalid(_("It stands on this list already."), field="host")
    change = _change({name: _tidied(reason)}, kind, HostWay.BY_HAND, reason, by=by, at=at)
    audit.record(events.HOSTS_CHANGED, actor=by, scope=None, target=change, at=at, facts=_facts(change))
    return change.hosts.get()


@transaction.atomic
def take_off(*, listed_id: UUID, reason: str = "", by: Person, at: datetime) -> HostChange:
    """Take a host off its list; that it stood there is kept.

    Raises NotAllowed, NotFound, InvalidTransition when it is off already.
    """
    policies.check_can_keep_lists(by, at=at)
    _alone()
    row = ListedHost.objects.select_for_update().filter(public_id=listed_id).first()
    if row is None:
        raise NotFound(_("There is no such host on the lists."))
    if row.ended_in_id is not None:
        raise InvalidTransition(_("This host has been taken off the list already."))
    change = HostChange.objects.create(
        kind=row.kind, way=HostWay.TAKEN_OFF, reason=_tidied(reason), ended=1, made_by=by, made_at=at
    )
    row.ended_in = change
    row.save(update_fields=["ended_in"])
    _ask_to_reread(change)
    audit.record(events.HOSTS_CHANGED, actor=by, scope=None, target=change, at=at, facts=_facts(change))
    return change


@transaction.atomic
def read_file(*, data: bytes, kind: ListKind, reason: str, by: Person, at: datetime) -> HostFile:
    """Read a file of hosts, to be looked at before it is taken over; nothing is listed yet.

    Raises NotAllowed; Invalid for a file that `host_files.read` refuses, or without a reason to block.
    """
    policies.check_can_keep_lists(by, at=at)
    _check_reason(kind, reason)
    found = host_files.read(data)
    row = HostFile.objects.create(
        kind=kind,
        reason=_tidied(reason),
        hosts=list(found.hosts),
        reasons=list(found.hosts.values()),
        refused=list(found.refused),
        refused_count=found.refused_count,
        read_by=by,
        read_at=at,
    )
    facts: dict[str, int | str] = {"list": kind.lower(), "hosts": len(found.hosts), "refused": found.refused_count}
    audit.record(events.HOST_FILE_READ, actor=by, scope=None, target=row, at=at, facts=facts)
    return row


@transaction.atomic
def take_over_file(*, file_id: UUID, by: Person, at: datetime) -> HostChange:
    """Put the hosts of a file on its list; those that stand there stay as they are, those on another list move.

    Raises NotAllowed, NotFound, InvalidTransition when it is over, Invalid when it blocks a host of ours or is all
    listed already.
    """
    row = _waiting(file_id, by=by, at=at)
    _check_not_ours(row.hosts, row.kind)
    _alone()
    standing = set(ListedHost.objects.filter(kind=row.kind, ended_in=None).values_list("name", flat=True))
    fresh = {
        name: reason or row.reason for name, reason in zip(row.hosts, row.reasons, strict=True) if name not in standing
    }
    if not fresh:
        raise Invalid(_("All of these stand on the list already. Drop the file."))
    change = _change(fresh, ListKind(row.kind), HostWay.FROM_FILE, row.reason, by=by, at=at)
    _end(row, change, at=at)
    audit.record(events.HOSTS_CHANGED, actor=by, scope=None, target=change, at=at, facts=_facts(change))
    return change


@transaction.atomic
def drop_file(*, file_id: UUID, by: Person, at: datetime) -> None:
    """Drop a file that was read. Raises NotAllowed, NotFound, InvalidTransition when it is over."""
    row = _waiting(file_id, by=by, at=at)
    _end(row, None, at=at)
    audit.record(events.HOST_FILE_DROPPED, actor=by, scope=None, target=row, at=at)


def _change(
    wanted: Mapping[str, str], kind: ListKind, way: HostWay, reason: str, *, by: Person, at: datetime
) -> HostChange:
    moved = ListedHost.objects.filter(name__in=wanted, ended_in=None)
    change = HostChange.objects.create(
        kind=kind, way=way, reason=_tidied(reason), listed=len(wanted), ended=moved.count(), made_by=by, made_at=at
    )
    moved.update(ended_in=change)
    ListedHost.objects.bulk_create(
        (ListedHost(name=name, kind=kind, reason=why, listed_in=change) for name, why in wanted.items()),
        batch_size=10_000,
    )
    _ask_to_reread(change)
    return change


def _facts(change: HostChange) -> dict[str, int | str]:
    counts = {"listed": change.listed, "ended": change.ended}
    return {"list": change.kind.lower(), "way": change.way.lower(), **counts}


def _ask_to_reread(change: HostChange) -> None:
    """What stands in the open is held against the lists again."""
    jobs.enqueue("triage.reread_links", change_id=str(change.public_id), before=0)


def _waiting(file_id: UUID, *, by: Person, at: datetime) -> HostFile:
    policies.check_can_keep_lists(by, at=at)
    row = HostFile.objects.select_for_update().filter(public_id=file_id).first()
    if row is None:
        raise NotFound(_("There is no such file here."))
    if row.ended_at is not None:
        raise InvalidTransition(_("This file has been taken over or dropped already."))
    return row


def _end(row: HostFile, change: HostChange | None, *, at: datetime) -> None:
    row.hosts, row.reasons, row.ended_at, row.change = [], [], at, change
    row.save(update_fields=["hosts", "reasons", "ended_at", "change"])


def _check_reason(kind: str, reason: str) -> None:
    if kind == ListKind.BLOCKED and not _tidied(reason):
        raise Invalid(_("Say why it is blocked: colleagues see it beside the link."), field="reason")


def _check_not_ours(names: list[str], kind: str) -> None:
    """Raises Invalid where our own site, or what it lies under, would be blocked."""
    ours = urlsplit(settings.PUBLIC_ADDRESS).hostname or ""
    if kind == ListKind.BLOCKED and any(ours == name or ours.endswith(f".{name}") for name in names):
        raise Invalid(_("This is our own site. It cannot be blocked."), field="host")


def _tidied(reason: str) -> str:
    return " ".join(reason.replace("\x00", "").split())[:LONGEST_REASON]


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
