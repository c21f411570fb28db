"""What people fill in about persons, roles, hours and duty."""

from torg.people.forms.absence import AbsenceForm, NotificationsForm
from torg.people.forms.hours import HoursForm
from torg.people.forms.persons import DutyForm, MunicipalityForm, PersonForm, RoleForm, UnitForm

__all__ = [
    "AbsenceForm",
    "DutyForm",
    "HoursForm",
    "MunicipalityForm",
    "NotificationsForm",
    "PersonForm",
    "RoleForm",
    "UnitForm",
]
