"""endringslogg.xml: what was changed of the metadata after the fact."""

from collections.abc import Iterable
from typing import BinaryIO

from torg.noark.objects import Change
from torg.noark.writing.deposit.ledger import Ledger
from torg.noark.writing.stream import piece, streamed
from torg.noark.writing.tree import Refused, written

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/endringslogg"
NOTHING = "[ingen verdi]"


def write(out: BinaryIO, changes: Iterable[Change], ledger: Ledger) -> int:
    """All changes; the answer is how many. Raises Refused for one of a unit that is not in the deposit (N5.62)."""
    count = 0
    with streamed(out, "endringslogg", NAMESPACE, schemas=f"{NAMESPACE} endringslogg.xsd") as stream:
        for change in changes:
            if not ledger.has(change.unit):
                raise Refused(f"a change of “{change.field}” concerns {change.unit}, which is not in the deposit")
            part = piece()
            one = part.branch("endring")
            one.need("referanseArkivenhet", change.unit)
            one.need("referanseMetadata", change.field)
            one.need("endretDato", change.at)
            one.need("endretAv", change.by)
            one.need("tidligereVerdi", written(change.old) or NOTHING)
            one.need("nyVerdi", written(change.new) or NOTHING)
            stream.write(part)
            count += 1
    return count
