"""Addresses of the pages on persons, hours and signing in."""

from django.urls import path

from torg.people.views import absence, employees, hours, persons, setup, sign_in

app_name = "people"

urlpatterns = [
    path("account/link/<str:token>/", sign_in.link, name="link"),
    path("account/provider/", sign_in.provider, name="provider"),
    path("account/provider/callback/", sign_in.provider_callback, name="provider-callback"),
    # In front of the library's own pages for it.
    path("account/email/", sign_in.address, name="address"),
    path("account/language/", sign_in.language, name="language"),
    path("account/phone/", persons.own_phone, name="own-phone"),
    path("people/", persons.index, name="index"),
    path("people/new/", persons.new, name="new"),
    path("people/units/", persons.new_unit, name="new-unit"),
    path("people/municipality/", setup.municipality, name="municipality"),
    path("people/hours/", hours.hours, name="hours"),
    path("people/duty/", hours.duty, name="duty"),
    path("people/duty/now/", hours.on_duty_now, name="on-duty-now"),
    path("people/duty/<uuid:duty_id>/end/", hours.end_duty, name="end-duty"),
    path("people/absence/", absence.absence, name="absence"),
    path("people/absence/<uuid:stand_in_id>/end/", absence.end_absence, name="end-absence"),
    path("people/absence/<uuid:stand_in_id>/agreement/", absence.agree_to_stand_in, name="agree-to-stand-in"),
    path("people/absence/<uuid:stand_in_id>/work/", absence.work, name="work"),
    path("people/absence/<uuid:stand_in_id>/return/", absence.returned, name="returned"),
    path("people/notifications/", absence.notifications, name="notifications"),
    path("people/roles/<uuid:assignment_id>/agreement/", persons.agree_to_role, name="agree-to-role"),
    path("people/roles/<uuid:assignment_id>/end/", persons.end_role, name="end-role"),
    path("people/employees/", employees.index, name="employees"),
    path("people/employees/<uuid:import_id>/", employees.one_import, name="employee-import"),
    path("people/employees/<uuid:import_id>/takeover/", employees.take_over, name="take-over-employees"),
    path("people/employees/<uuid:import_id>/dropping/", employees.drop, name="drop-employees"),
    path("people/<uuid:person_id>/", persons.person, name="person"),
    path("people/<uuid:person_id>/roles/", persons.give_role, name="give-role"),
    path("people/<uuid:person_id>/absence/", absence.of_colleague, name="absence-of"),
    path("people/<uuid:person_id>/phone/", persons.phone, name="phone"),
    path("people/<uuid:person_id>/departure/", persons.departure, name="departure"),
]
