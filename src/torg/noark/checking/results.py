"""What a test of a deposit answers: passed or not, what failed where, and what was counted."""

import sys
from collections import Counter
from dataclasses import dataclass, field

from torg.noark.checking.elements import Element

SHOWN = 100
_LISTED = 1000
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where: file, line (from 1), path of elements and systemID where they are known."""

    text: str
    file: str = ""
    line: int = 0
    path: str = ""
    system_id: str = ""

    def as_json(self) -> dict[str, object]:
        """Without what is not known."""
        known = {"file": self.file, "line": self.line, "path": self.path, "system_id": self.system_id}
        return {"text": self.text, **{name: value for name, value in known.items() if value}}


def found_at(element: Element, text: str, *, line: int = 0) -> Finding:
    """A finding at an element of arkivstruktur.xml. Paths are few and are kept once."""
    path = sys.intern(element.path())
    return Finding(text[:_LONGEST_TEXT], "arkivstruktur.xml", line or element.line, path, element.system_id)


@dataclass(slots=True)
class Findings:
    """The first findings of a test, and how many there were."""

    number: int = 0
    shown: list[Finding] = field(default_factory=list)

    def take(self, finding: Finding) -> None:
        """Note one more; only the first hundred are kept."""
        self.number += 1
        if len(self.shown) < SHOWN:
            self.shown.append(finding)

    def add(self, text: str, *, file: str = "", line: int = 0) -> None:
        """Note one more, in a file or in none."""
        self.take(Finding(text[:_LONGEST_TEXT], file, line))

    def at(self, element: Element, text: str, *, line: int = 0) -> None:
        """Note one more at an element of arkivstruktur.xml."""
        if len(self.shown) < SHOWN:
            self.take(found_at(element, text, line=line))
        else:
            self.number += 1


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one test; `passed` is None when the test could not be run."""

    id: str
    name: str
    can_fail: bool
    passed: bool | None
    findings: Findings
    notes: Findings
    counts: dict[str, object]

    def as_json(self) -> dict[str, object]:
        """The result as the command prints it."""
        return {
            "id": self.id,
            "name": self.name,
            "can_fail": self.can_fail,
            "passed": self.passed,
            "findings": [finding.as_json() for finding in self.findings.shown],
            "number_of_findings": self.findings.number,
            "notes": [note.as_json() for note in self.notes.shown],
            "counts": self.counts,
        }


class Tally:
    """A count in all, by a key (a status, a year, a type), and by part of the archive (arkivdel)."""

    def __init__(self, *parts: Element) -> None:
        self._by_part: dict[Element | None, Counter[str]] = {part: Counter() for part in parts}

    def add(self, element: Element, key: str = "") -> None:
        """Count one more in the part where an element lies."""
        self.add_to(element.part, key)

    def add_to(self, part: Element | None, key: str = "") -> None:
        """Count one more in a part."""
        counter = self._by_part.get(part)
        if counter is None:
            counter = self._by_part[part] = Counter()
        counter[key] += 1

    @property
    def total(self) -> int:
        """Of all parts and keys."""
        return sum(counter.total() for counter in self._by_part.values())

    def counts(self) -> dict[str, object]:
        """As the report shows it: `total`, `by` key, and `parts` when there is more than one."""
        together: Counter[str] = sum(self._by_part.values(), Counter())
        told: dict[str, object] = {"total": self.total, **by_key(together)}
        if len(self._by_part) > 1:
            told["parts"] = [
                {**named(part), "total": counter.total(), **by_key(counter)}
                for part, counter in list(self._by_part.items())[:_LISTED]
            ]
        return told


def by_key(counter: Counter[str]) -> dict[str, object]:
    """The counts of each key in order, when there are keys."""
    if not any(counter):
        return {}
    return {"by": dict(sorted(counter.items())[:_LISTED])}


def named(part: Element | None) -> dict[str, object]:
    """How a report names a part of the archive."""
    return {"systemID": part.system_id, "title": part.text("tittel")} if part else {"systemID": "", "title": ""}
