"""What happens in the guidance."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

TEXT_WORDED = Event("guidance.text.worded", _("Gave a text of the guidance the municipality's own wording"))
ACKNOWLEDGED = Event("guidance.poster.acknowledged", _("Confirmed the poster"))
COURSE_COMPLETED = Event("guidance.course.completed", _("Completed a course"))
ADVICE_ASKED = Event("guidance.advice.asked", _("Asked the information unit for advice"))
ADVICE_TAKEN = Event("guidance.advice.taken", _("Took a question for advice"))
ADVICE_PUT_BACK = Event("guidance.advice.put_back", _("Put a question for advice back"))
ADVICE_PASSED_ON = Event("guidance.advice.passed_on", _("Passed a question for advice on"))
ADVICE_ANSWERED = Event("guidance.advice.answered", _("Answered a question for advice"))
ADVICE_REOPENED = Event("guidance.advice.reopened", _("Asked again about advice"))
ADVICE_TERM_SET = Event("guidance.advice_term.set", _("Set how fast questions for advice are answered"))
GUIDE_ENTRY_MADE = Event("guidance.guide_entry.made", _("Put an answer into the guide"))
GUIDE_ENTRY_EDITED = Event("guidance.guide_entry.edited", _("Edited the guide"))
GUIDE_ENTRY_RETIRED = Event("guidance.guide_entry.retired", _("Took something out of the guide"))
ELECTION_ADDED = Event("guidance.election.added", _("Registered an election"))
ELECTION_WITHDRAWN = Event("guidance.election.withdrawn", _("Took an election out again"))
ROUTINE_SET = Event("guidance.routine.set", _("Decided when reminders begin, and how small a unit is counted alone"))
