"""Reading a list of employees from a file, and what would change if it were taken over; knows no database."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from torg.core.errors import Invalid

MOST_BYTES = 5_000_000
MOST_ROWS = 50_000
# More than this part of those employed cannot leave by one list unless somebody says that it is so.
MOST_ENDING = 0.2
FIELDS = ("number", "name", "given_name", "family_name", "email", "user_name", "unit", "started_on", "left_on")
KNOWN_AS: dict[str, tuple[str, ...]] = {
    "number": (
        *("ansattnr", "ansattnummer", "tilsettnr", "tilsettnummer", "ressursnr", "ressursnummer"),
        *("employeenumber", "employeeid", "employeeno", "number", "nummer", "nr", "id"),
    ),
    "name": ("navn", "namn", "name", "fulltnavn", "fulltnamn", "fullname", "displayname", "visningsnavn"),
    "given_name": ("fornavn", "førenamn", "fornamn", "givenname", "firstname"),
    "family_name": ("etternavn", "etternamn", "familyname", "lastname", "surname"),
    "email": ("epost", "epostadresse", "email", "emailaddress", "mail", "epostjobb"),
    "user_name": ("brukernavn", "brukarnamn", "username", "upn", "userprincipalname", "pålogging"),
    "unit": ("enhet", "eining", "avdeling", "unit", "department", "tjenestested", "arbeidssted", "arbeidsstad"),
    "started_on": ("startdato", "ansattfra", "tilsettfrå", "tilsettdato", "fradato", "startdate", "startedon", "start"),
    "left_on": ("sluttdato", "ansatttil", "tilsetttil", "tildato", "enddate", "lefton", "slutt"),
}
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y", "%Y%m%d")
LONGEST = {"number": 60, "user_name": 150, "name": 120, "email": 254, "unit": 120}


@dataclass(frozen=True, slots=True)
class Entry:
    """One employee, as a source tells it."""

    number: str
    name: str
    user_name: str = ""
    email: str = ""
    unit: str = ""
    external_id: str = ""
    started_on: date | None = None
    left_on: date | None = None

    @property
    def key(self) -> str:
        """What the directory knows the employee by: a user name, else the address, else the number."""
        return self.user_name or self.email or self.number


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be taken over, and why."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class EmployeeList:
    """What a file holds: its columns, which of them we know, the employees, and the lines that are wrong."""

    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def lacks(self) -> list[str]:
        """The fields without which nobody can be told from anybody else."""
        has_name = "name" in self.mapping or {"given_name", "family_name"} <= self.mapping.keys()
        return [name for name, is_there in (("number", "number" in self.mapping), ("name", has_name)) if not is_there]


@dataclass(frozen=True, slots=True)
class Known:
    """An employee as we have it."""

    entry: Entry
    is_from_list: bool = True
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list would change."""

    new: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    ending: tuple[Entry, ...] = ()
    returning: tuple[Entry, ...] = ()
    unchanged: int = 0
    employed: int = 0

    @property
    def ends_many(self) -> bool:
        """Whether so many would leave that the list may be half a list."""
        return len(self.ending) > MOST_ENDING * self.employed


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8 or, failing that, in Latin-1 as Windows writes it.

    Raises Invalid for a file that is too large, empty, or no text.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(_("The file is larger than 5 MB. Is it the right one?"), field="file")
    if not data.strip() or b"\0" in data:
        raise Invalid(_("This is no list in text. Save it as CSV and try again."), field="file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The five bytes that Windows-1252 leaves out are control characters in Latin-1.
        return data.decode("cp1252", errors="replace")


def read(text: str, columns: Mapping[str, str] | None = None) -> EmployeeList:
    """The employees of a list with a line of headings, separated by semicolon, comma or tabulator.

    Args:
        text: the whole list.
        columns: the list's own column for each of our fields, where a person has said which is which.

    Raises Invalid when there are too many lines, or one cannot be read as CSV at all.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise Invalid(
            _("The file cannot be read as CSV. Save it again from the payroll system."), field="file"
        ) from error
    if len(rows) > MOST_ROWS:
        raise Invalid(_("There are more than 50,000 lines. Is it the right file?"), field="file")
    headings = tuple(heading.strip() for heading in rows[0]) if rows else ()
    mapping = {
        **_recognised(headings),
        **{ours: theirs for ours, theirs in (columns or {}).items() if theirs in headings},
    }
    found = EmployeeList(headings, mapping, ())
    if found.lacks:
        return found
    reader = _Reader({ours: headings.index(theirs) for ours, theirs in mapping.items()})
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            reader.take(line, row)
    return EmployeeList(headings, mapping, tuple(reader.entries), tuple(reader.problems))


def compare(known: Iterable[Known], entries: Sequence[Entry], *, on: date) -> Changes:
    """What taking the list over on `on` would change. Whoever is not on it has left; those of the directory stay."""
    before = {one.entry.number: one for one in known}
    there = {entry.number for entry in entries}
    kinds: dict[str, list[Entry]] = {"new": [], "changed": [], "ending": [], "returning": [], "unchanged": []}
    for entry in entries:
        kinds[_kind(before.get(entry.number), entry, on)].append(entry)
    gone = [one for one in before.values() if one.is_from_list and not one.has_left and one.entry.number not in there]
    return Changes(
        new=tuple(kinds["new"]),
        changed=tuple(kinds["changed"]),
        ending=tuple(kinds["ending"] + [one.entry for one in gone]),
        returning=tuple(kinds["returning"]),
        unchanged=len(kinds["unchanged"]),
        employed=sum(not one.has_left for one in before.values()),
    )


def _kind(known: Known | None, entry: Entry, on: date) -> str:
    ends = entry.left_on is not None and entry.left_on <= on
    if known is None:
        return "new"
    if known.has_left != ends:
        return "ending" if ends else "returning"
    return "unchanged" if known.entry == entry else "changed"


@dataclass
class _Reader:
    """Takes one line after the other, and remembers whom it has seen."""

    places: Mapping[str, int]
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def take(self, line: int, row: Sequence[str]) -> None:
        cells = {ours: row[place].strip() if place < len(row) else "" for ours, place in self.places.items()}
        try:
            entry = _entry(cells)
        except Invalid as problem:
            self.problems.append(Problem(line, problem.message))
            return
        marks = {f"number {entry.number}", f"key {entry.key.lower()}"}
        if marks & self._seen:
            self.problems.append(Problem(line, _("Somebody with this number or user name stands further up.")))
        self._seen |= marks
        self.entries.append(entry)


def _entry(cells: Mapping[str, str]) -> Entry:
    name = cells.get("name") or " ".join(filter(None, (cells.get("given_name"), cells.get("family_name"))))
    told = {"name": name, **{ours: cells.get(ours, "") for ours in ("number", "user_name", "email", "unit")}}
    if not told["number"] or not told["name"]:
        raise Invalid(_("The number or the name is missing."))
    if any(len(text) > LONGEST[ours] for ours, text in told.items()):
        raise Invalid(_("A text is too long."))
    if told["email"] and not re.fullmatch(r"[^@\s]+@[^@\s]+", told["email"]):
        raise Invalid(_("The e-mail address is none."))
    started_on, left_on = _day(cells.get("started_on", "")), _day(cells.get("left_on", ""))
    if started_on and left_on and left_on < started_on:
        raise Invalid(_("The last day lies before the first."))
    return Entry(**told, started_on=started_on, left_on=left_on)


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in DATES:
        try:
            # A day on the calendar has no zone; the time of day is thrown away at once.
            return datetime.strptime(f"{text} +0000", f"{form} %z").date()
        except ValueError:
            continue
    raise Invalid(_("A date cannot be read. Write it like 2026-08-31 or 31.08.2026."))


def _separator(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max(";,\t", key=heading.count)


def _recognised(headings: Sequence[str]) -> dict[str, str]:
    plain = {re.sub(r"[^a-zæøå]", "", heading.lower()): heading for heading in reversed(headings)}
    found = {}
    for ours, names in KNOWN_AS.items():
        theirs = next((plain[name] for name in names if name in plain), None)
        if theirs is not None:
            found[ours] = theirs
    return found
