"""What was changed of the metadata after the fact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a logged field (endring).

    `unit` M680 referanseArkivenhet, the id of what was changed · `field` M681 referanseMetadata, Noark's name of the
    element, such as "tittel" · `at` M682 endretDato · `by` M683 endretAv · `old` M684 tidligereVerdi · `new` M685
    nyVerdi; an empty value is written as a word, since Noark forbids empty elements.
    """

    unit: UUID
    field: str
    at: datetime
    by: str
    old: str
    new: str
