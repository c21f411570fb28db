"""What can be done with persons, roles, stand-ins, hours and duty."""

from torg.people.commands.absence import agree_to_stand_in, end_stand_in, name_stand_in
from torg.people.commands.employees import (
    Taken,
    drop_import,
    employee_left,
    import_employees,
    map_columns,
    read_employees,
    upsert_employee,
)
from torg.people.commands.entrusting import entrust_work, hand_over_due, take_back_work
from torg.people.commands.hours import end_duty, give_duty, set_hours
from torg.people.commands.municipality import Identity, add_unit, set_up_municipality
from torg.people.commands.persons import add_person, choose_language, note_phone, record_departure
from torg.people.commands.roles import agree_to_role, end_role, give_role
from torg.people.commands.sign_in import (
    make_sign_in_link,
    note_sign_in,
    seal_again,
    sign_in_by_link,
    sign_in_by_provider,
)
from torg.people.commands.telling import choose_notifications

__all__ = [
    "Identity",
    "Taken",
    "add_person",
    "add_unit",
    "agree_to_role",
    "agree_to_stand_in",
    "choose_language",
    "choose_notifications",
    "drop_import",
    "employee_left",
    "end_duty",
    "end_role",
    "end_stand_in",
    "entrust_work",
    "give_duty",
    "give_role",
    "hand_over_due",
    "import_employees",
    "make_sign_in_link",
    "map_columns",
    "name_stand_in",
    "note_phone",
    "note_sign_in",
    "read_employees",
    "record_departure",
    "seal_again",
    "set_hours",
    "set_up_municipality",
    "sign_in_by_link",
    "sign_in_by_provider",
    "take_back_work",
    "upsert_employee",
]
