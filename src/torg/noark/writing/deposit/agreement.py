"""What is deposited, and on what terms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import BinaryIO

from torg.noark.objects import CaseFile, Change, DocumentObject, Fonds, Registration, Series
from torg.noark.objects.structure import Class


class Separation(Enum):
    """How one period was parted from the next (periodeskille): all closed at once, or as each case ended."""

    SHARP = "skarpt"
    SOFT = "mykt"


@dataclass(frozen=True, kw_only=True)
class CaseContent:
    """A case file and what is in it; the registrations are read once, in their order."""

    case_file: CaseFile
    registrations: Iterable[Registration]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One deposit. Everything that can be many is read once and never held.

    `system` the name of the system it comes from · `starts_on`, `ends_on` the period of the archive, both days
    included · `contents` the closed case files of a class, called once for each class that can hold some · `changes`
    of the metadata of what is deposited (krav 6.4.28) · `open_file` the bytes of a document's file ·
    `separation_before`, `separation_after` how the period was parted from its neighbours.
    """

    system: str
    fonds: Fonds
    series: Series
    starts_on: date
    ends_on: date
    contents: Callable[[Class], Iterable[CaseContent]]
    changes: Iterable[Change]
    open_file: Callable[[DocumentObject], BinaryIO]
    separation_before: Separation = Separation.SOFT
    separation_after: Separation = Separation.SOFT
