"""Documents and their files."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from torg.noark import values
from torg.noark.objects.access import ExternalKey, Remark, Restriction
from torg.noark.objects.preservation import Deletion, Disposal, ExecutedDisposal


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """A file was made from another format (konvertering).

    `at` M615 konvertertDato · `by` M616 konvertertAv · `from_format`, `to_format` M712, M713, as PRONOM PUIDs ·
    `tool` M714 konverteringsverktoey · `comment` M715 konverteringskommentar, such as the checksum before.
    """

    at: datetime
    by: str
    from_format: str
    to_format: str
    tool: str = ""
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentObject:
    """One file: a version of a document in one variant (dokumentobjekt).

    `id` M001 · `version` M005 versjonsnummer · `variant` M700 variantformat · `puid` M701 format, PRONOM's id such as
    "fmt/477" · `puid_name` M702 formatDetaljer, such as "PDF/A-2a" · `created_…` M600, M601 · `sha256` M705 sjekksum,
    in hex · `size` M707 filstoerrelse, in bytes · `file_name` as people called it; the writers make safe names of
    their own (M218 referanseDokumentfil).
    """

    id: UUID
    variant: values.Variant
    puid: str
    created_at: datetime
    created_by: str
    file_name: str
    sha256: str
    size: int
    version: int = 1
    puid_name: str = ""
    mime_type: str = ""
    conversions: tuple[Conversion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DocumentDescription:
    """A document of a registration (dokumentbeskrivelse).

    `id` M001 · `kind` M083 dokumenttype · `status` M054 dokumentstatus · `title` M020 · `description` M021 ·
    `authors` M024 forfatter · `created_…` M600, M601 · `attached_as` M217 tilknyttetRegistreringSom · `number` M007
    dokumentnummer, from 1 within the registration · `attached_…` M620, M621 · `medium` M300 dokumentmedium.
    """

    id: UUID
    title: str
    number: int
    created_at: datetime
    created_by: str
    attached_at: datetime
    attached_by: str
    attached_as: values.AttachedAs = values.AttachedAs.MAIN_DOCUMENT
    kind: values.Coded = values.CORRESPONDENCE
    status: values.DocumentStatus = values.DocumentStatus.FINISHED
    description: str = ""
    authors: tuple[str, ...] = ()
    medium: values.Medium | None = None
    objects: tuple[DocumentObject, ...] = ()
    remarks: tuple[Remark, ...] = ()
    disposal: Disposal | None = None
    executed_disposal: ExecutedDisposal | None = None
    deletion: Deletion | None = None
    restriction: Restriction | None = None
    external_key: ExternalKey | None = None
