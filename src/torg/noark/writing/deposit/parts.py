"""The smaller parts that several units of a deposit have, in the order of arkivstruktur.xsd."""

from uuid import UUID

from torg.noark.objects import (
    CaseReference,
    CrossReference,
    Deletion,
    Disposal,
    EntryReference,
    ExecutedDisposal,
    Remark,
    Restriction,
)
from torg.noark.writing.tree import Branch, Refused


def add_disposal(unit: Branch, disposal: Disposal | None) -> None:
    """kassasjon"""
    if disposal is None:
        return
    part = unit.branch("kassasjon")
    part.need("kassasjonsvedtak", disposal.decision)
    part.add("kassasjonshjemmel", disposal.ground)
    part.need("bevaringstid", disposal.years)
    part.need("kassasjonsdato", disposal.on)


def add_executed_disposal(unit: Branch, executed: ExecutedDisposal | None) -> None:
    """utfoertKassasjon"""
    if executed is None:
        return
    part = unit.branch("utfoertKassasjon")
    part.need("kassertDato", executed.at)
    part.need("kassertAv", executed.by)


def add_deletion(unit: Branch, deletion: Deletion | None) -> None:
    """sletting"""
    if deletion is None:
        return
    part = unit.branch("sletting")
    part.need("slettingstype", deletion.kind)
    part.need("slettetDato", deletion.at)
    part.need("slettetAv", deletion.by)


def add_restriction(unit: Branch, restriction: Restriction | None) -> None:
    """skjerming. Raises Refused when it does not say what it hides."""
    if restriction is None:
        return
    if not restriction.hides:
        raise Refused(f"the restriction of {unit.described()} does not say what it hides (skjermingMetadata)")
    part = unit.branch("skjerming")
    part.need("tilgangsrestriksjon", restriction.access)
    part.need("skjermingshjemmel", restriction.ground)
    for hidden in restriction.hides:
        part.need("skjermingMetadata", hidden)
    part.add("skjermingDokument", restriction.document)
    part.add("skjermingsvarighet", restriction.years)
    part.add("skjermingOpphoererDato", restriction.ends_on)


def add_remarks(unit: Branch, remarks: tuple[Remark, ...]) -> None:
    """merknad"""
    for remark in remarks:
        part = unit.branch("merknad")
        part.need("merknadstekst", remark.text)
        part.add("merknadstype", remark.kind)
        part.need("merknadsdato", remark.at)
        part.need("merknadRegistrertAv", remark.by)


def add_cross_references(unit: Branch, references: tuple[CrossReference, ...]) -> None:
    """kryssreferanse. Raises Refused when it points at nothing that has an id: a deposit knows no other key."""
    for reference in references:
        targets = {
            "referanseTilKlasse": reference.to_class,
            "referanseTilMappe": id_of(reference.to_case),
            "referanseTilRegistrering": id_of(reference.to_entry),
        }
        if not any(targets.values()):
            raise Refused(f"a cross-reference of {unit.described()} has no systemID to point at")
        part = unit.branch("kryssreferanse")
        for name, target in targets.items():
            part.add(name, target)


def id_of(reference: CaseReference | EntryReference | None) -> UUID | None:
    """The systemID that a reference has: the only key that a deposit knows."""
    return reference.id if reference else None
