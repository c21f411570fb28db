"""The overview of groups as a file for inspection: CSV, or a document that all readers can read."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torg.oversight.queries import Group
from torg.people import queries as people
from torg.records.days import day_of
from torg.records.documents.rendering import render
from torg.records.documents.types import Document
from torg.records.types import Author, Captured, Snapshot, Subject, Version

# What the document is about: no subject of ours.
NOBODY = UUID(int=0)
# A cell that begins so is a formula to a spreadsheet, whoever wrote it.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def headings() -> list[str]:
    """What is told of each group."""
    return [
        _("Group"),
        _("Sort"),
        _("Unit"),
        _("Owner and administrators"),
        _("Purpose"),
        _("Opened on"),
        _("Closed on"),
        _("Members"),
        _("Members who do not work here"),
        _("Last review"),
        _("Next review"),
        _("Without persons and cases"),
    ]


def lines(groups: Sequence[Group]) -> Iterator[list[str]]:
    """The groups, a line each."""
    for group in groups:
        presence, last = group.presence, group.reviews[0] if group.reviews else None
        yield [
            presence.name,
            str(presence.get_kind_display()),
            presence.unit.name if presence.unit else "",
            ", ".join(owner.name for owner in group.owners),
            presence.purpose,
            _day(day_of(presence.opened_at)),
            _day(day_of(presence.closed_at) if presence.closed_at else None),
            str(len(group.members)),
            str(len(group.outsiders)),
            _day(day_of(last.reviewed_at) if last else None),
            _day(group.review_due_on),
            "" if last is None else _("Yes") if last.is_free_of_cases else _("No"),
        ]


def as_csv(groups: Sequence[Group]) -> bytes:
    """For spreadsheets: UTF-8 with its mark, semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings())
    writer.writerows([_harmless(cell) for cell in line] for line in lines(groups))
    return out.getvalue().encode("utf-8-sig")


def as_pdf(groups: Sequence[Group], *, at: datetime) -> bytes:
    """As a document with the date."""
    told = [
        "\n".join(f"{name}: {cell or '–'}" for name, cell in zip(headings(), line, strict=True))
        for line in lines(groups)
    ]
    text = "\n\n".join(told) or _("No groups.")
    item = Captured("1", "report", Author(None, None, is_own=True), (Version(1, text, None, at),), None, at, "")
    snapshot = Snapshot(
        subject=Subject("oversight.groups", NOBODY),
        scope_id=NOBODY,
        title=" ".join((_("Closed and secret groups"), f"{at:%d.%m.%Y}")),
        channel="",
        place="",
        taken_at=at,
        items=(item,),
    )
    name = getattr(people.municipality(), "name", "")
    return render(Document(snapshot, municipality=name), language=(get_language() or "nb")[:2], at=at)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
