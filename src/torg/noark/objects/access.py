"""Who may see what, what was noted, and the key by which another system knows a thing."""

from dataclasses import dataclass
from datetime import date, datetime

from torg.noark import values


@dataclass(frozen=True, kw_only=True)
class ExternalKey:
    """The key by which a specialist system knows a thing (referanseEksternNoekkel); makes a repeat safe."""

    system: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """Withheld from the public (skjerming).

    `access` M500 tilgangsrestriksjon · `ground` M501 skjermingshjemmel, to paragraph, subsection and letter ·
    `hides` M502 skjermingMetadata, at least one in a deposit · `document` M503 skjermingDokument ·
    `years` M504 skjermingsvarighet · `ends_on` M505 skjermingOpphoererDato · `when_it_ends` Fiks Arkiv only.
    """

    ground: str
    access: values.AccessRestriction = values.AccessRestriction.EXEMPT
    hides: tuple[values.HiddenMetadata, ...] = ()
    document: values.HiddenDocument | None = None
    years: int | None = None
    ends_on: date | None = None
    when_it_ends: values.WhenRestrictionEnds | None = None


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A note beside a thing (merknad).

    `text` M310 merknadstekst · `at` M611 merknadsdato · `by` M612 merknadRegistrertAv · `kind` M084 merknadstype.
    """

    text: str
    at: datetime
    by: str
    kind: values.RemarkType | None = None
    is_restricted: bool = False
