"""What happens to persons, roles, hours and duty."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

MUNICIPALITY_SET_UP = Event("people.municipality.set_up", _("Set up the municipality"))
UNIT_ADDED = Event("people.unit.added", _("Added a unit"))
PERSON_ADDED = Event("people.person.added", _("Added a person"))
PERSON_LEFT = Event("people.person.left", _("Recorded that a person has left"))
PHONE_NOTED = Event("people.phone.noted", _("Wrote down or took away a mobile number"))
LANGUAGE_CHOSEN = Event("people.language.chosen", _("Chose a language"))
ROLE_GIVEN = Event("people.role.given", _("Gave a role"))
ROLE_AGREED = Event("people.role.agreed", _("Agreed that a person gets a role"))
ROLE_ENDED = Event("people.role.ended", _("Ended a role"))
STAND_IN_NAMED = Event("people.stand_in.named", _("Named a stand-in"))
STAND_IN_AGREED = Event("people.stand_in.agreed", _("Agreed that a stand-in may agree to deletions"))
STAND_IN_ENDED = Event("people.stand_in.ended", _("Ended a stand-in period"))
WORK_ENTRUSTED = Event("people.work.entrusted", _("Chose what the stand-in takes over"))
WORK_HANDED_OVER = Event("people.work.handed_over", _("Handed work over to the stand-in"))
WORK_TAKEN_BACK = Event("people.work.taken_back", _("Took work back after an absence"))
NOTIFICATIONS_CHOSEN = Event("people.notifications.chosen", _("Chose what to be told by e-mail"))
HOURS_SET = Event("people.hours.set", _("Set hours"))
DUTY_GIVEN = Event("people.duty.given", _("Put a person on duty"))
DUTY_ENDED = Event("people.duty.ended", _("Took a person off duty"))
SIGN_IN_LINK_MADE = Event("people.sign_in_link.made", _("Made a sign-in link"))
SIGNED_IN = Event("people.person.signed_in", _("Signed in"))
SECRETS_SEALED_AGAIN = Event("people.secrets.sealed_again", _("Encrypted second factors with the newest key"))
EMPLOYEE_RECORDED = Event("people.employee.recorded", _("Recorded an employee, as the directory tells it"))
EMPLOYEE_LEFT = Event("people.employee.left", _("Recorded that an employee has left"))
EMPLOYEES_READ = Event("people.employees.read", _("Handed in a list of employees"))
EMPLOYEES_MAPPED = Event("people.employees.mapped", _("Said which column of a list of employees is which"))
EMPLOYEES_DROPPED = Event("people.employees.dropped", _("Dropped a list of employees"))
EMPLOYEES_IMPORTED = Event("people.employees.imported", _("Took over a list of employees"))
