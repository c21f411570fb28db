"""Questions on persons: what they may do, their roles, hours and duty."""

from torg.people.queries.agreement import (
    agreement_lent,
    agreers,
    agrees_apart_from,
    may_agree_to_stand_in,
    seconders,
    stand_ins_waiting,
)
from torg.people.queries.hours import calendar_in_force, duties_from, hours_row, on_duty
from torg.people.queries.rights import (
    is_last_editor,
    is_secret,
    lacks_second_factor,
    may,
    may_anywhere,
    permissions_of,
    role_in,
    roles_giving,
    roles_held,
    scope_ids_for,
    scopes_for,
)
from torg.people.queries.rows import (
    login_of,
    municipality,
    person_or_absent,
    role_or_absent,
    stand_in_or_absent,
    unit_or_absent,
    units,
)
from torg.people.queries.sheets import absences_of, overview, sheet_of

__all__ = [
    "absences_of",
    "agreement_lent",
    "agreers",
    "agrees_apart_from",
    "calendar_in_force",
    "duties_from",
    "hours_row",
    "is_last_editor",
    "is_secret",
    "lacks_second_factor",
    "login_of",
    "may",
    "may_agree_to_stand_in",
    "may_anywhere",
    "municipality",
    "on_duty",
    "overview",
    "permissions_of",
    "person_or_absent",
    "role_in",
    "role_or_absent",
    "roles_giving",
    "roles_held",
    "scope_ids_for",
    "scopes_for",
    "seconders",
    "sheet_of",
    "stand_in_or_absent",
    "stand_ins_waiting",
    "unit_or_absent",
    "units",
]
