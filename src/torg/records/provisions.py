"""Which provision an outcome rests on, by the law in force on a day."""

from datetime import date

from django.utils.translation import gettext as _

from torg.core.errors import Unavailable
from torg.records.codes import Outcome, ReferenceKind
from torg.records.models import LegalReference

# By outcome, the codes to look for; the first that is in force is cited. The data, not this table, knows the dates.
CITED = {
    Outcome.JOURNAL: ("arkivforskriften-2025-14-1", "arkivforskriften-2017-9"),
    Outcome.ARCHIVE: ("arkivforskriften-2025-1", "arkivforskriften-2017-9"),
    Outcome.NOT_ARCHIVE: ("arkivforskriften-2025-1", "arkivforskriften-2017-14"),
}


def for_outcome(outcome: Outcome, *, on: date) -> LegalReference:
    """The provision that the outcome rests on; raises Unavailable when none that we know is in force."""
    held = LegalReference.objects.in_force(on).filter(kind=ReferenceKind.JOURNALING)
    known = {reference.code: reference for reference in held.filter(code__in=CITED[outcome])}
    for code in CITED[outcome]:
        if code in known:
            cited: LegalReference = known[code]
            return cited
    newest: LegalReference | None = held.order_by("-valid_from", "code").first()
    if newest is None:
        raise Unavailable(_("No provision on journaling is in force. Add the new one to the legal references first."))
    return newest
