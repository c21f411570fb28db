"""The public journal as addresses: months, days, and the same as files."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from torg.openness import queries as openness
from torg.openness.loading import settings_now as settings
from torg.site.types import Part

TOP = "/postliste/"
# Entries on one page: with long titles it stays under 100 kB.
ON_A_PAGE = 100
FIELDS = (
    "id", "journaldato", "journalnummer", "saksnummer", "journalposttype", "dokumentetsDato", "offentligTittel",
    "sakstittel", "avsender", "mottaker", "skjermingshjemmel",
)  # fmt: skip

__all__ = ["Month", "Span", "files_of", "months", "settings"]


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has entries."""

    first: date
    count: int

    @property
    def address(self) -> str:
        """Where its page stands."""
        return f"{TOP}{self.first:%Y-%m}/"


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a whole month; `name` is how addresses call it."""

    first: date
    last: date
    name: str

    @classmethod
    def of_day(cls, day: date) -> "Span":
        return cls(day, day, f"{day:%Y-%m-%d}")

    @classmethod
    def of_month(cls, day: date) -> "Span":
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return cls(first, last, f"{first:%Y-%m}")

    def address(self, page: int = 1) -> str:
        """Where a page of it stands."""
        return f"{TOP}{self.name}/" if page == 1 else f"{TOP}{self.name}/{page}/"

    def file(self, ending: str) -> str:
        """Where it stands as a file."""
        return f"{TOP}{self.name}.{ending}"


def months() -> list[Month]:
    """The months that have entries, newest first."""
    return [Month(first, count) for first, count in openness.months()]


def files_of(span: Span, rows: Sequence[openness.Shown]) -> dict[str, Part]:
    """The entries as CSV, JSON and XML; names of the fields are Noark's."""
    lines = openness.lines(rows)
    return {
        span.file("csv"): Part(_csv(lines), "text/csv; charset=utf-8"),
        span.file("json"): Part(
            json.dumps({"journal": lines}, ensure_ascii=False, indent=1).encode(), "application/json"
        ),
        span.file("xml"): Part(_xml(lines), "application/xml"),
    }


def _csv(lines: Sequence[dict[str, str]]) -> bytes:
    """With the mark that spreadsheets know UTF-8 by; nothing in it is taken for a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in line.items()} for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _xml(lines: Sequence[dict[str, str]]) -> bytes:
    root = ET.Element("offentligJournal")
    for line in lines:
        entry = ET.SubElement(root, "journalpost")
        for name, value in line.items():
            ET.SubElement(entry, name).text = _legible(value)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _legible(text: str) -> str:
    """Without the control characters that XML has no place for."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
