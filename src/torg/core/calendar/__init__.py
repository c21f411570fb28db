"""Working time: when a body is open, and when a span of open time has passed."""

from torg.core.calendar.definition import DatedWeek
from torg.core.calendar.problems import CalendarProblem
from torg.core.calendar.spans import Span, parse_span
from torg.core.calendar.working import Due, WorkingCalendar

__all__ = ["CalendarProblem", "DatedWeek", "Due", "Span", "WorkingCalendar", "parse_span"]
