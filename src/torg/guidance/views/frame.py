"""What the pages of the guidance share: their tabs, and the language."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torg.guidance import queries
from torg.people.access import StaffRequest
from torg.people.models import Person
from torg.ui.types import Place


def language() -> str:
    """The language that the page is shown in: nb, nn or en."""
    return (get_language() or "nb")[:2]


def tabs(request: StaffRequest, *, at: datetime) -> list[Place]:
    """The pages of the room; those who advise have two more."""
    entries = [
        ("guidance:poster", _("The poster"), "flag"),
        ("guidance:courses", _("Courses"), "star"),
        ("guidance:rules", _("Ethics and elections"), "shield"),
        ("guidance:guide", _("The guide"), "search"),
        ("guidance:advice", _("Ask"), "question"),
    ]
    if advises(request.person, at=at):
        entries += [("guidance:queue", _("Questions to us"), "inbox"), ("guidance:texts", _("Own wordings"), "note")]
    return [_tab(request, *entry) for entry in entries]


def advises(person: Person, *, at: datetime) -> bool:
    """Whether the person answers questions; asked once for each request."""
    known: bool | None = vars(person).get("advises")
    if known is None:
        known = queries.advises(person, at=at)
        vars(person)["advises"] = known
    return known


def _tab(request: StaffRequest, page: str, label: str, icon: str) -> Place:
    address = reverse(page)
    return Place(label, address, icon, is_current=request.path == address)
