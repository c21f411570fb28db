"""What we deliver, in the interface's words. It has no field for another system's key, so `beskrivelse` holds ours."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from torg.connectors.archives.contract import (
    CaseFile,
    Correspondent,
    Document,
    EntryType,
    File,
    FollowUp,
    Registration,
    Restriction,
)

Fields = dict[str, Any]
PROVISIONAL = ("M", "R", "S")
_NORWAY = ZoneInfo("Europe/Oslo")


def key_mark(system: str, key: str) -> str:
    """How our key stands in the archive."""
    return f"{system}:{key}"


def of_case(case: CaseFile, *, system: str) -> Fields:
    """A case file (saksmappe)."""
    return _said(
        tittel=case.title,
        offentligTittel=case.public_title,
        beskrivelse=key_mark(system, case.key),
        saksdato=_day(case.opened_on),
        administrativEnhet=case.unit,
        saksansvarlig=case.responsible,
        saksstatus=_code(case.status),
        skjerming=restriction(case.restriction),
    )


def of_registration(registration: Registration, *, system: str) -> Fields:
    """A journal entry (journalpost) or archive note (arkivnotat)."""
    main = next((one for one in registration.documents if one.is_main), None)
    return _said(
        tittel=registration.title,
        offentligTittel=registration.public_title,
        beskrivelse=key_mark(system, registration.key),
        journalposttype=_code(registration.type),
        journalstatus=provisional_status(registration) if registration.type else None,
        journaldato=_day(registration.journaled_on),
        dokumentetsDato=_day(registration.document_date),
        mottattDato=_time(registration.received_at),
        sendtDato=_time(registration.sent_at),
        offentlighetsvurdertDato=_day(registration.assessed_on),
        antallVedlegg=len(registration.documents) - bool(main) if registration.type else None,
        skjerming=restriction(registration.restriction),
    )


def provisional_status(registration: Registration) -> Fields:
    """The status while the entry is being made: a journaled one could no longer be deleted (krav 3.2.19)."""
    return {"kode": "M" if registration.type is EntryType.INCOMING else "R"}


def final_status(registration: Registration) -> Fields:
    """The status when all of it is there."""
    return {"journalstatus": {"kode": str(registration.status)}}


def of_correspondent(party: Correspondent) -> Fields:
    """A correspondent, internal or not."""
    if party.role.is_internal:
        return _said(
            korrespondanseparttype=_code(party.role),
            administrativEnhet=party.unit or party.name,
            saksbehandler=party.case_worker,
        )
    contact = {"epostadresse": party.email} if party.email else None
    return _said(korrespondanseparttype=_code(party.role), navn=party.name, kontaktinformasjon=contact)


def of_document(document: Document, *, system: str) -> Fields:
    """A document description (dokumentbeskrivelse)."""
    return _said(
        tittel=document.title,
        beskrivelse=key_mark(system, document.key),
        dokumenttype=_code(document.kind),
        dokumentstatus=_code("F"),
        tilknyttetRegistreringSom=_code("H" if document.is_main else "V"),
        dokumentnummer=document.number,
        skjerming=restriction(document.restriction),
    )


def of_file(file: File) -> Fields:
    """A document object (dokumentobjekt); the core checks what follows against these."""
    return _said(
        versjonsnummer=file.version,
        variantformat=_code(file.variant),
        format=_code(file.format),
        mimeType=file.media_type,
        filnavn=file.name,
        sjekksum=file.sha256,
        sjekksumAlgoritme="SHA-256",
        filstoerrelse=file.size,
    )


def of_follow_up(follow_up: FollowUp, *, answer_id: str) -> Fields:
    """That one entry answers another (avskrivning)."""
    return _said(
        avskrivningsdato=_day(follow_up.on),
        avskrevetAv=follow_up.by,
        avskrivningsmaate=_code(follow_up.manner),
        referanseAvskrivesAvJournalpost=answer_id,
    )


def restriction(told: Restriction | None) -> Fields | None:
    """Shielding (skjerming)."""
    if told is None:
        return None
    return _said(
        tilgangsrestriksjon=_code(told.access),
        skjermingshjemmel=told.ground,
        skjermingMetadata=[_code(one) for one in told.covers] or None,
        skjermingOpphoererDato=_day(told.until),
    )


def differing(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> Fields:
    """Which of our plain texts the archive has otherwise; dates and codes it may write in its own way."""
    texts = ("tittel", "offentligTittel")
    return {name: wanted[name] for name in texts if name in wanted and wanted[name] != there.get(name)}


def _said(**fields: Any) -> Fields:
    """Nothing empty is sent."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _code(value: str | None) -> Fields | None:
    return {"kode": str(value)} if value else None


def _day(value: date | None) -> str | None:
    if value is None:
        return None
    # The interface wants a time zone with dates, too: "2026-11-21+01:00".
    midnight = datetime(value.year, value.month, value.day, tzinfo=_NORWAY).isoformat()
    return midnight[:10] + midnight[-6:]


def _time(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
