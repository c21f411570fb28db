"""What is to be destroyed, what was, and what was deleted of a document."""

from dataclasses import dataclass
from datetime import date, datetime

from torg.noark import values


@dataclass(frozen=True, kw_only=True)
class Disposal:
    """A decision to keep or to destroy (kassasjon).

    `decision` M450 kassasjonsvedtak · `ground` M453 kassasjonshjemmel · `years` M451 bevaringstid, in whole years ·
    `on` M452 kassasjonsdato.
    """

    decision: values.DisposalDecision
    years: int
    on: date
    ground: str = ""


@dataclass(frozen=True, kw_only=True)
class ExecutedDisposal:
    """It was destroyed (utfoertKassasjon): `at` M630 kassertDato · `by` M631 kassertAv."""

    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """A version, variant or production format was deleted, never the record itself (sletting).

    `kind` M089 slettingstype · `at` M613 slettetDato · `by` M614 slettetAv.
    """

    kind: values.DeletionType
    at: datetime
    by: str
