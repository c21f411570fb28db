"""Questions on duties, rounds, access and groups."""

from torg.oversight.queries.access import (
    Overview,
    emergencies,
    emergencies_running,
    emergency_or_absent,
    overview,
    platform_access_or_absent,
    task_or_absent,
    tasks,
)
from torg.oversight.queries.differences import (
    Difference,
    differing,
    judged_accesses,
    judged_administrations,
    overseen,
)
from torg.oversight.queries.gone import administrations_of, members_gone, people_gone
from torg.oversight.queries.groups import Group, Member, gathered, group_of, groups, outsiders
from torg.oversight.queries.rounds import alarms_standing, not_looked_at, round_or_absent, rounds, running_rounds
from torg.oversight.queries.rules import rules_decided
from torg.oversight.queries.standings import (
    Board,
    Breach,
    Cell,
    PageStanding,
    WeekStanding,
    board,
    breaches,
    sheet,
    standings,
    was_breached,
    week_cells,
)

__all__ = [
    "Board",
    "Breach",
    "Cell",
    "Difference",
    "Group",
    "Member",
    "Overview",
    "PageStanding",
    "WeekStanding",
    "administrations_of",
    "alarms_standing",
    "board",
    "breaches",
    "differing",
    "emergencies",
    "emergencies_running",
    "emergency_or_absent",
    "gathered",
    "group_of",
    "groups",
    "judged_accesses",
    "judged_administrations",
    "members_gone",
    "not_looked_at",
    "outsiders",
    "overseen",
    "overview",
    "people_gone",
    "platform_access_or_absent",
    "round_or_absent",
    "rounds",
    "rules_decided",
    "running_rounds",
    "sheet",
    "standings",
    "task_or_absent",
    "tasks",
    "was_breached",
    "week_cells",
]
