"""What must be written before something can be recorded or applied for."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.records.days import day_of
from torg.registry.types import Terms


def check_written(text: str, field: str) -> None:
    """Raise Invalid when nothing is written."""
    if not text.strip():
        raise Invalid(_("Write this in a sentence or two."), field=field)


def check_ahead(day: date, field: str, at: datetime) -> None:
    """Raise Invalid for today and before."""
    if day <= day_of(at):
        raise Invalid(_("Choose a day ahead."), field=field)


def check_passed(day: date, field: str, at: datetime) -> None:
    """Raise Invalid for a day that has not come."""
    if day > day_of(at):
        raise Invalid(_("This day has not come yet."), field=field)


def check_terms(terms: Terms) -> None:
    """Raise Invalid unless a group's ground, members and pictures are written down."""
    for field in ("legal_ground", "members", "pictures"):
        check_written(getattr(terms, field), field)
