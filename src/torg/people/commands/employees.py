"""The list of employees: one by one from the directory, or all at once from a file that somebody has looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.people import employee_list, events, policies, queries
from torg.people.acting import person_or_none
from torg.people.employee_list import Changes, Entry
from torg.people.models import Employee, EmployeeImport, EmployeeSource, ImportState
from torg.people.types import Permission

WRITTEN = ("number", "user_name", "external_id", "name", "email", "unit", "started_on", "left_on", "source")


class Taken(Invalid):
    """The number or the user name belongs to another employee."""


@transaction.atomic
def upsert_employee(
    *,
    entry: Entry,
    by: Actor,
    at: datetime,
    employee_id: UUID | None = None,
    source: EmployeeSource = EmployeeSource.SCIM,
) -> Employee:
    """Record an employee as a source tells it: a new one, or (with `employee_id`) what is new about a known one.

    Raises NotAllowed without the right to manage people, NotFound for an id of nobody, Taken when number or user name
    belongs to somebody else, Invalid without either.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    if not entry.number.strip() or not entry.name.strip():
        raise Invalid(_("The number or the name is missing."))
    row = queries.employee_or_absent(employee_id, lock=True) if employee_id else Employee(recorded_at=at)
    others = Employee.objects.exclude(pk=row.pk).filter(Q(number=entry.number) | Q(user_name__iexact=entry.key))
    if others.exists():
        raise Taken(_("Somebody is registered with that number or user name already."))
    _write(row, entry, source=source, at=at)
    row.save()
    audit.record(events.EMPLOYEE_RECORDED, actor=by, scope=None, target=row, at=at, facts={"source": source.value})
    return row


@transaction.atomic
def employee_left(*, employee_id: UUID, on: date, by: Actor, at: datetime) -> Employee:
    """Record that an employment has ended on a day; an earlier day that is known stays.

    Raises NotAllowed without the right to manage people, NotFound, Invalid for a day before the first.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    row = queries.employee_or_absent(employee_id, lock=True)
    if row.started_on is not None and on < row.started_on:
        raise Invalid(_("The last day lies before the first."), field="left_on")
    row.left_on = min(on, row.left_on or on)
    row.changed_at = at
    row.save(update_fields=["left_on", "changed_at"])
    audit.record(events.EMPLOYEE_LEFT, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def read_employees(*, data: bytes, by: Actor, at: datetime) -> EmployeeImport:
    """Hand in a list of employees, to see what it would change; nothing is changed yet.

    Raises NotAllowed without the right to manage people, Invalid when the file cannot be read.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    text = employee_list.text_of(data)
    employee_list.read(text)
    row = EmployeeImport.objects.create(text=text, read_by=person_or_none(by), read_at=at)
    audit.record(events.EMPLOYEES_READ, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def map_columns(*, import_id: UUID, columns: Mapping[str, str], by: Actor, at: datetime) -> EmployeeImport:
    """Say which column of the list is which. Raises NotAllowed, NotFound, InvalidTransition when it is over."""
    row = _waiting(import_id, by, at)
    row.columns = {ours: theirs for ours, theirs in columns.items() if ours in employee_list.FIELDS and theirs}
    row.save(update_fields=["columns"])
    audit.record(events.EMPLOYEES_MAPPED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def import_employees(*, import_id: UUID, is_confirmed: bool, by: Actor, at: datetime) -> Changes:
    """Take the list over: it is the whole list, and whoever came by a list and is not on it has left today.

    Raises NotAllowed without the right to manage people, NotFound, InvalidTransition when it is over, Invalid when a
    line is wrong, or when more than a fifth would leave and nobody has confirmed that it is so.
    """
    row = _waiting(import_id, by, at)
    told = queries.told_by(row)
    today = timezone.localtime(at).date()
    if told.lacks or told.problems:
        raise Invalid(_("Correct the list first: each line must have a number, a name and readable dates."))
    known = {one.number: one for one in Employee.objects.select_for_update()}
    changes = employee_list.compare(queries.known(known.values(), on=today), told.entries, on=today)
    if changes.ends_many and not is_confirmed:
        raise Invalid(
            _("This list would end %(count)d of %(employed)d. Confirm it if that is right, or find the whole list.")
            % {"count": len(changes.ending), "employed": changes.employed},
            field="is_confirmed",
        )
    _take_over(told.entries, changes, known, at=at)
    _end(row, ImportState.APPLIED, at=at)
    counts = {name: len(getattr(changes, name)) for name in ("new", "changed", "ending", "returning")}
    audit.record(events.EMPLOYEES_IMPORTED, actor=by, scope=None, target=row, at=at, facts=counts)
    return changes


@transaction.atomic
def drop_import(*, import_id: UUID, by: Actor, at: datetime) -> None:
    """Drop a list that was handed in. Raises NotAllowed, NotFound, InvalidTransition when it is over."""
    row = _waiting(import_id, by, at)
    _end(row, ImportState.DROPPED, at=at)
    audit.record(events.EMPLOYEES_DROPPED, actor=by, scope=None, target=row, at=at)


def _waiting(import_id: UUID, by: Actor, at: datetime) -> EmployeeImport:
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    row = queries.import_or_absent(import_id, lock=True)
    if row.state != ImportState.READ:
        raise InvalidTransition(_("This list has been taken over or dropped already. Hand it in again."))
    return row


def _end(row: EmployeeImport, state: ImportState, *, at: datetime) -> None:
    row.state, row.ended_at, row.text = state, at, ""
    row.save(update_fields=["state", "ended_at", "text"])


def _take_over(entries: Sequence[Entry], changes: Changes, known: Mapping[str, Employee], *, at: datetime) -> None:
    unchanged = {entry.number for entry in entries} - {
        entry.number for entry in (*changes.new, *changes.changed, *changes.ending, *changes.returning)
    }
    rows = []
    for entry in entries:
        if entry.number not in unchanged:
            row = known.get(entry.number) or Employee(recorded_at=at)
            _write(row, entry, source=EmployeeSource.CSV, at=at)
            rows.append(row)
    told = {entry.number for entry in entries}
    today = timezone.localtime(at).date()
    for entry in changes.ending:
        if entry.number not in told:
            gone = known[entry.number]
            gone.left_on, gone.changed_at = max(today, gone.started_on or today), at
            rows.append(gone)
    keys = {row.user_name.lower() for row in rows}
    taken = Employee.objects.exclude(pk__in=[row.pk for row in rows if row.pk]).values_list("user_name", flat=True)
    if any(name.lower() in keys for name in taken):
        raise Taken(_("Somebody is registered with that number or user name already."))
    Employee.objects.bulk_update([row for row in rows if row.pk], [*WRITTEN, "changed_at"], batch_size=500)
    Employee.objects.bulk_create([row for row in rows if not row.pk], batch_size=500)


def _write(row: Employee, entry: Entry, *, source: EmployeeSource, at: datetime) -> None:
    for name, value in {**asdict(entry), "user_name": entry.key, "source": source}.items():
        setattr(row, name, value)
    row.changed_at = at
