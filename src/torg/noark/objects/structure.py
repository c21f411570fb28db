"""The frame that case files stand in: fonds, series, classification and classes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from torg.noark import values
from torg.noark.objects.access import Restriction
from torg.noark.objects.preservation import Disposal


@dataclass(frozen=True, kw_only=True)
class Creator:
    """Who made the archive (arkivskaper): `id` M006 arkivskaperID, the organisation number · `name` M023."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Class:
    """One place in a classification (klasse).

    `id` M001 systemID · `class_id` M002 klasseID · `title` M020 · `keywords` M022 noekkelord ·
    `created_at`, `created_by` M600, M601 · `closed_at`, `closed_by` M602, M603.
    A class has either subclasses or case files (krav 2.2).
    """

    id: UUID
    class_id: str
    title: str
    created_at: datetime
    created_by: str
    closed_at: datetime | None = None
    closed_by: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    disposal: Disposal | None = None
    restriction: Restriction | None = None
    subclasses: tuple["Class", ...] = ()

    def leaves(self) -> Iterator["Class"]:
        """The classes that case files may stand in, in their order."""
        if not self.subclasses:
            yield self
        for subclass in self.subclasses:
            yield from subclass.leaves()


@dataclass(frozen=True, kw_only=True)
class ClassificationSystem:
    """A classification (klassifikasjonssystem).

    `id` M001 · `kind` M086 klassifikasjonstype · `title` M020 · `created_…` M600, M601 · `closed_…` M602, M603.
    """

    id: UUID
    title: str
    created_at: datetime
    created_by: str
    classes: tuple[Class, ...]
    kind: values.ClassificationType | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    description: str = ""

    def leaves(self) -> Iterator[Class]:
        """The classes that case files may stand in, in their order."""
        for one in self.classes:
            yield from one.leaves()


@dataclass(frozen=True, kw_only=True)
class Series:
    """A part of the fonds, most often one period (arkivdel).

    `id` M001 · `title` M020 · `status` M051 arkivdelstatus · `created_…` M600, M601 · `closed_…` M602, M603 ·
    `starts_on`, `ends_on` M107 arkivperiodeStartDato, M108 arkivperiodeSluttDato · `before` M202 referanseForloeper ·
    `after` M203 referanseArvtaker.
    """

    id: UUID
    title: str
    status: values.SeriesStatus
    created_at: datetime
    created_by: str
    classification: ClassificationSystem
    closed_at: datetime | None = None
    closed_by: str = ""
    description: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    before: UUID | None = None
    after: UUID | None = None
    disposal: Disposal | None = None


@dataclass(frozen=True, kw_only=True)
class Fonds:
    """The whole archive of a creator (arkiv).

    `id` M001 · `title` M020 · `status` M050 arkivstatus · `created_…` M600, M601 · `closed_…` M602, M603.
    """

    id: UUID
    title: str
    created_at: datetime
    created_by: str
    creators: tuple[Creator, ...]
    closed_at: datetime | None = None
    closed_by: str = ""
    description: str = ""
    status: values.FondsStatus | None = None
