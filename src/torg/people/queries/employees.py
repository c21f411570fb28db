"""The list of employees, and what a list that waits would change."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.people import employee_list
from torg.people.employee_list import Changes, EmployeeList, Entry, Known
from torg.people.models import Employee, EmployeeImport, EmployeeSource


def employees(*, text: str = "") -> QuerySet[Employee]:
    """Everybody on the list, those who have left too, by name; narrowed to names, numbers and units with `text`."""
    rows = Employee.objects.order_by("name", "id")
    if not text:
        return rows
    return rows.filter(Q(name__icontains=text) | Q(number=text) | Q(unit__icontains=text) | Q(email__iexact=text))


def employed(on: date) -> QuerySet[Employee]:
    """Those whose employment has not ended on a day."""
    return Employee.objects.filter(Q(left_on=None) | Q(left_on__gt=on)).order_by("name", "id")


def departed(on: date) -> QuerySet[Employee]:
    """Those whose employment has ended on a day or before."""
    return Employee.objects.filter(left_on__lte=on)


def employee_or_absent(public_id: UUID, *, lock: bool = False) -> Employee:
    """The employee; raises NotFound."""
    rows = Employee.objects.select_for_update() if lock else Employee.objects.all()
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such employee."))
    return found


def import_or_absent(public_id: UUID, *, lock: bool = False) -> EmployeeImport:
    """The list that was handed in; raises NotFound."""
    rows = EmployeeImport.objects.select_for_update() if lock else EmployeeImport.objects.all()
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such list."))
    return found


def told_by(row: EmployeeImport) -> EmployeeList:
    """What a list that waits holds."""
    return employee_list.read(row.text, row.columns)


def changes_by(told: EmployeeList, *, at: datetime) -> Changes:
    """What taking the list over now would change."""
    today = timezone.localtime(at).date()
    return employee_list.compare(known(Employee.objects.all(), on=today), told.entries, on=today)


def known(rows: Iterable[Employee], *, on: date) -> list[Known]:
    """The employees that we have, as a list tells of them: a name that follows from the rest is left out."""
    return [Known(entry_of(row), row.source == EmployeeSource.CSV, row.has_left(on)) for row in rows]


def entry_of(row: Employee) -> Entry:
    """The employee as a source would tell it."""
    follows = row.user_name == (row.email or row.number)
    return Entry(
        number=row.number,
        name=row.name,
        user_name="" if follows else row.user_name,
        email=row.email,
        unit=row.unit,
        external_id=row.external_id,
        started_on=row.started_on,
        left_on=row.left_on,
    )
