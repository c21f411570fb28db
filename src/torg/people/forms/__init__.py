"""What people fill in about persons, roles, hours and duty."""

from torg.people.forms.hours import HoursForm
from torg.people.forms.persons import DutyForm, MunicipalityForm, PersonForm, RoleForm, StandInForm, UnitForm

__all__ = [
    "DutyForm",
    "HoursForm",
    "MunicipalityForm",
    "PersonForm",
    "RoleForm",
    "StandInForm",
    "UnitForm",
]
