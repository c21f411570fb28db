"""arkivstruktur.xml: fonds, series, classes, case files and registrations, one inside the other."""

from collections.abc import Callable
from typing import BinaryIO

from torg.noark.objects import CaseFile, Class, ClassificationSystem, Fonds, JournalEntry, Registration, Series
from torg.noark.writing import own
from torg.noark.writing.deposit import journals
from torg.noark.writing.deposit.agreement import Agreement, CaseContent
from torg.noark.writing.deposit.documents import files_of
from torg.noark.writing.deposit.ledger import Ledger
from torg.noark.writing.deposit.parts import add_disposal, add_restriction
from torg.noark.writing.deposit.tally import Tally
from torg.noark.writing.deposit.units import add_case_head, add_case_tail, add_registration
from torg.noark.writing.stream import Stream, piece, streamed
from torg.noark.writing.tree import Branch, Refused

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivstruktur"
SCHEMAS = f"{NAMESPACE} arkivstruktur.xsd {own.NAMESPACE} {own.SCHEMA.name}"


class Structure:
    """Writes the structure, and notes on the way what the journals and arkivuttrekk.xml need."""

    def __init__(self, agreement: Agreement, ledger: Ledger, copy_documents: Callable[[Registration], int]) -> None:
        self._agreement = agreement
        self._ledger = ledger
        self._copy_documents = copy_documents
        self.tally = Tally()

    def write(self, out: BinaryIO) -> None:
        """All of it. Raises Refused for what the standard does not allow in a deposit."""
        fonds, series = self._agreement.fonds, self._agreement.series
        with streamed(out, "arkiv", NAMESPACE, schemas=SCHEMAS) as stream:
            self._ledger.note(fonds.id)
            stream.write(fonds_head(fonds))
            with stream.frame("arkivdel"):
                self._ledger.note(series.id)
                self.tally.add_terms(None, series.disposal)
                stream.write(series_head(series))
                self._write_classification(stream, series.classification)
        self._ledger.require_wanted()

    def _write_classification(self, stream: Stream, system: ClassificationSystem) -> None:
        self._ledger.note(system.id)
        with stream.frame("klassifikasjonssystem"):
            stream.write(classification_head(system))
            for one in system.classes:
                self._write_class(stream, one)

    def _write_class(self, stream: Stream, one: Class) -> None:
        self._ledger.note(one.id)
        self.tally.add_terms(one.restriction, one.disposal)
        with stream.frame("klasse"):
            stream.write(class_head(one))
            for subclass in one.subclasses:
                self._write_class(stream, subclass)
            # Only the innermost classes hold case files (N5.12).
            for content in () if one.subclasses else self._agreement.contents(one):
                self._write_case(stream, one, content)

    def _write_case(self, stream: Stream, one: Class, content: CaseContent) -> None:
        case_file = content.case_file
        self._ledger.note(case_file.id)
        self._want(case_file)
        self.tally.add_case(case_file)
        head, tail = piece("mappe"), piece("mappe")
        add_case_head(head, case_file)
        add_case_tail(tail, case_file)
        with stream.frame("mappe", kind="saksmappe"):
            stream.write(head)
            for registration in content.registrations:
                self._write_registration(stream, registration)
                if isinstance(registration, JournalEntry):
                    self._journal(one, case_file, registration)
            stream.write(tail)

    def _write_registration(self, stream: Stream, registration: Registration) -> None:
        self._ledger.note(registration.id)
        self._want(registration)
        for document in registration.documents:
            self._ledger.note(document.id)
            for file in files_of(document):
                self._ledger.note(file.id)
        self.tally.add_registration(registration)
        part = piece("registrering")
        kind = add_registration(part, registration)
        with stream.frame("registrering", kind=kind):
            stream.write(part)
        self.tally.files += self._copy_documents(registration)

    def _want(self, unit: CaseFile | Registration) -> None:
        self._ledger.want(unit.series)
        for reference in unit.cross_references:
            self._ledger.want(reference.to_class)

    def _journal(self, one: Class, case_file: CaseFile, entry: JournalEntry) -> None:
        if entry.year is None or entry.sequence_number is None:
            raise Refused(f"journal entry {entry.id} has no number")
        self._ledger.journal(
            entry.year,
            entry.sequence_number,
            running=journals.running(one, case_file, entry),
            public=journals.public(one, case_file, entry),
        )


def fonds_head(fonds: Fonds) -> Branch:
    """arkiv, before its arkivdel"""
    part = piece("arkiv")
    part.need("systemID", fonds.id)
    part.need("tittel", fonds.title)
    part.add("beskrivelse", fonds.description)
    part.add("arkivstatus", fonds.status)
    part.need("opprettetDato", fonds.created_at)
    part.need("opprettetAv", fonds.created_by)
    part.need("avsluttetDato", fonds.closed_at)
    part.need("avsluttetAv", fonds.closed_by)
    if not fonds.creators:
        raise Refused(f"fonds {fonds.id} has no creator")
    for creator in fonds.creators:
        one = part.branch("arkivskaper")
        one.need("arkivskaperID", creator.id)
        one.need("arkivskaperNavn", creator.name)
        one.add("beskrivelse", creator.description)
    return part


def series_head(series: Series) -> Branch:
    """arkivdel, before its klassifikasjonssystem"""
    part = piece("arkivdel")
    part.need("systemID", series.id)
    part.need("tittel", series.title)
    part.add("beskrivelse", series.description)
    part.need("arkivdelstatus", series.status)
    part.need("opprettetDato", series.created_at)
    part.need("opprettetAv", series.created_by)
    part.need("avsluttetDato", series.closed_at)
    part.need("avsluttetAv", series.closed_by)
    part.add("arkivperiodeStartDato", series.starts_on)
    part.add("arkivperiodeSluttDato", series.ends_on)
    part.add("referanseForloeper", series.before)
    part.add("referanseArvtaker", series.after)
    add_disposal(part, series.disposal)
    return part


def classification_head(system: ClassificationSystem) -> Branch:
    """klassifikasjonssystem, before its klasse"""
    part = piece("klassifikasjonssystem")
    part.need("systemID", system.id)
    part.add("klassifikasjonstype", system.kind)
    part.need("tittel", system.title)
    part.add("beskrivelse", system.description)
    part.need("opprettetDato", system.created_at)
    part.need("opprettetAv", system.created_by)
    part.add("avsluttetDato", system.closed_at)
    part.add("avsluttetAv", system.closed_by)
    return part


def class_head(one: Class) -> Branch:
    """klasse, before its klasse or mappe"""
    part = piece("klasse")
    part.need("systemID", one.id)
    part.need("klasseID", one.class_id)
    part.need("tittel", one.title)
    part.add("beskrivelse", one.description)
    for keyword in one.keywords:
        part.add("noekkelord", keyword)
    part.need("opprettetDato", one.created_at)
    part.need("opprettetAv", one.created_by)
    part.add("avsluttetDato", one.closed_at)
    part.add("avsluttetAv", one.closed_by)
    add_disposal(part, one.disposal)
    add_restriction(part, one.restriction)
    return part
