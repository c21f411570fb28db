"""Case files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from torg.noark import values
from torg.noark.objects.access import ExternalKey, Remark, Restriction
from torg.noark.objects.preservation import Disposal
from torg.noark.objects.references import CrossReference


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case file (saksmappe).

    `id` M001 · `file_id` M003 mappeID, such as "2026/17" · `title` M020 · `public_title` M025 offentligTittel ·
    `created_…` M600, M601 · `closed_…` M602, M603 · `year`, `number` M011 saksaar, M012 sakssekvensnummer ·
    `dated_on` M100 saksdato · `unit` M305 administrativEnhet · `responsible` M306 saksansvarlig · `journal_unit` M308
    journalenhet · `status` M052 saksstatus · `description` M021 · `keywords` M022 · `series` M208 referanseArkivdel ·
    `medium` M300. `classification` and `class_id` name the class where an archive core files it.
    """

    id: UUID
    title: str
    created_at: datetime
    created_by: str
    dated_on: date
    unit: str
    responsible: str
    status: values.CaseStatus
    file_id: str = ""
    year: int | None = None
    number: int | None = None
    public_title: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    journal_unit: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    medium: values.Medium | None = None
    series: UUID | None = None
    classification: str = ""
    class_id: str = ""
    remarks: tuple[Remark, ...] = ()
    cross_references: tuple[CrossReference, ...] = ()
    disposal: Disposal | None = None
    restriction: Restriction | None = None
    external_key: ExternalKey | None = None
