"""What people fill in about persons, roles, hours and duty."""

from torg.people.forms.absence import AbsenceForm, NotificationsForm
from torg.people.forms.employees import ColumnsForm, EmployeeFileForm, TakeOverForm
from torg.people.forms.hours import HoursForm
from torg.people.forms.persons import DutyForm, MunicipalityForm, PersonForm, PhoneForm, RoleForm, UnitForm

__all__ = [
    "AbsenceForm",
    "ColumnsForm",
    "DutyForm",
    "EmployeeFileForm",
    "HoursForm",
    "MunicipalityForm",
    "NotificationsForm",
    "PersonForm",
    "PhoneForm",
    "RoleForm",
    "TakeOverForm",
    "UnitForm",
]
