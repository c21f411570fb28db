"""Persons and log-ins, units, scopes, dated roles, stand-ins, calendars, duty, absence, letters, employees."""

from torg.people.models.absence import EntrustedWork
from torg.people.models.dated import InForce
from torg.people.models.employees import Employee, EmployeeImport, EmployeeSource, ImportState
from torg.people.models.hours import CalendarKind, CalendarRow, Duty
from torg.people.models.letters import Letter, Notification, NotificationChoice, QuietHours
from torg.people.models.persons import Login, LoginManager, Municipality, Person, Unit
from torg.people.models.roles import RoleAssignment, Scope, StandIn

__all__ = [
    "CalendarKind",
    "CalendarRow",
    "Duty",
    "Employee",
    "EmployeeImport",
    "EmployeeSource",
    "EntrustedWork",
    "ImportState",
    "InForce",
    "Letter",
    "Login",
    "LoginManager",
    "Municipality",
    "Notification",
    "NotificationChoice",
    "Person",
    "QuietHours",
    "RoleAssignment",
    "Scope",
    "StandIn",
    "Unit",
]
