"""Deliveries for the tests, with invented people."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID, uuid5

from torg.connectors.archives import contract
from torg.connectors.archives.contract import EntryType, PartyRole, RegistrationKind, Variant

SYSTEM = "torg"
_NAMES = UUID("6f1d1c58-52f3-4c3c-9b5e-8d2f0a6a7c10")
_FIKS = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv"


def a_file(name: str, content: bytes, variant: Variant = Variant.ARCHIVE) -> contract.File:
    format, media_type = ("fmt/477", "application/pdf") if name.endswith(".pdf") else ("fmt/817", "application/json")
    sha256 = hashlib.sha256(content).hexdigest()
    return contract.File(name, media_type, format, variant, len(content), sha256, lambda: BytesIO(content))


def documents(key: str) -> tuple[contract.Document, ...]:
    letter = a_file(f"{key}.pdf", b"%PDF-1.7 " + b"x" * 300)
    raw = a_file(f"{key}.json", b'{"message": "Hei"}', Variant.PRODUCTION)
    return (
        contract.Document(f"{key}-1", "Melding fra Facebook", "KORR", True, 1, (letter,)),
        contract.Document(f"{key}-2", "Opprinnelig form", "KORR", False, 2, (raw,)),
    )


def question(key: str = "melding-1", *, case: str = "sak-1", **changes: object) -> contract.Delivery:
    registration = contract.Registration(
        key=key,
        kind=RegistrationKind.JOURNAL_ENTRY,
        title="Når brøytes Skoleveien? Spørsmål fra Kari Eksempel",
        public_title="Når brøytes Skoleveien? Spørsmål fra *****",
        documents=documents(key),
        correspondents=(
            contract.Correspondent(PartyRole.SENDER, "Kari Eksempel", is_person=True),
            contract.Correspondent(PartyRole.INTERNAL_RECIPIENT, "Eksempelby", unit="Service", case_worker="Ola Prøve"),
        ),
        type=EntryType.INCOMING,
        journaled_on=date(2026, 11, 21),
        document_date=date(2026, 11, 21),
        received_at=datetime(2026, 11, 21, 13, 5, tzinfo=UTC),
        restriction=contract.Restriction("UO", "offl. § 13 første ledd", until=date(2086, 11, 21)),
    )
    return _delivery(replace(registration, **changes), case)


def answer(key: str = "svar-1", *, to: str = "melding-1", case: str = "sak-1") -> contract.Delivery:
    follow_up = contract.FollowUp(to, date(2026, 11, 22), "BE", "Ola Prøve")
    registration = contract.Registration(
        key=key,
        kind=RegistrationKind.JOURNAL_ENTRY,
        title="Svar om brøyting",
        public_title="Svar om brøyting",
        documents=documents(key)[:1],
        correspondents=(contract.Correspondent(PartyRole.RECIPIENT, "Kari Eksempel", is_person=True),),
        type=EntryType.OUTGOING,
        status=contract.EntryStatus.SENT,
        journaled_on=date(2026, 11, 22),
        sent_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        follow_ups=(follow_up,),
    )
    return _delivery(registration, case)


def note(key: str = "notat-1", *, case: str = "sak-1") -> contract.Delivery:
    kind = RegistrationKind.NOTE
    registration = contract.Registration(key, kind, "Innlegg om skirenn", "Innlegg om skirenn", documents(key))
    return _delivery(registration, case)


def in_case(delivery: contract.Delivery, number: str) -> contract.Delivery:
    """The same, into an existing case file of the archive's."""
    changed = replace(delivery, case_file=contract.CaseFile(key="", number=number))
    return replace(changed, message=arkivmelding(changed))


def mended(delivery: contract.Delivery, **changes: object) -> contract.Delivery:
    """What a person sends again after a refusal: another message, the same registration."""
    changed = replace(delivery, id=uuid5(delivery.id, "igjen"), registration=replace(delivery.registration, **changes))
    return replace(changed, message=arkivmelding(changed))


def correction(key: str = "melding-1", **changes: object) -> contract.Correction:
    """A new title."""
    told = contract.Correction(uuid5(_NAMES, f"rett-{key}"), SYSTEM, key, title="Ny tittel", **changes)
    return replace(told, message=_update(told))


def _delivery(registration: contract.Registration, case: str) -> contract.Delivery:
    case_file = contract.CaseFile(
        key=case,
        title="Brøyting av Skoleveien",
        public_title="Brøyting av Skoleveien",
        class_id="Q11",
        unit="Service",
        responsible="Ola Prøve",
        opened_on=date(2026, 11, 21),
    )
    delivery = contract.Delivery(uuid5(_NAMES, registration.key), SYSTEM, case_file, registration)
    return replace(delivery, message=arkivmelding(delivery))


def arkivmelding(delivery: contract.Delivery) -> bytes:
    """The smallest message that the schema takes."""
    entry, case = delivery.registration, delivery.case_file
    parent = f"<m:referanseEksternNoekkel>{_key(case.key)}</m:referanseEksternNoekkel>"
    folder = (
        f'<mappe xsi:type="saksmappe"><tittel>{case.title}</tittel>'
        f"<referanseEksternNoekkel>{_key(case.key)}</referanseEksternNoekkel></mappe>"
    )
    if case.number:
        year, _, sequence = case.number.partition("/")
        numbers = f"<m:saksaar>{year}</m:saksaar><m:sakssekvensnummer>{sequence}</m:sakssekvensnummer>"
        parent, folder = f"<m:saksnummer>{numbers}</m:saksnummer>", ""
    end = f"<journalposttype><m:kode>{entry.type}</m:kode></journalposttype>" if entry.type else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><arkivmelding xmlns="{_FIKS}/arkivmelding/opprett/v1" '
        f'xmlns:m="{_FIKS}/metadatakatalog/v1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<system>{SYSTEM}</system><antallFiler>{len(delivery.files)}</antallFiler>{folder}"
        f'<registrering xsi:type="{entry.kind}"><referanseForelderMappe>{parent}</referanseForelderMappe>'
        f"{''.join(_document(one) for one in entry.documents)}<tittel>{entry.title}</tittel>"
        f"<referanseEksternNoekkel>{_key(entry.key)}</referanseEksternNoekkel>{end}</registrering></arkivmelding>"
    ).encode()


def _document(document: contract.Document) -> str:
    return (
        f"<dokumentbeskrivelse><dokumenttype><m:kode>{document.kind}</m:kode></dokumenttype>"
        f"<dokumentstatus><m:kode>F</m:kode></dokumentstatus><tittel>{document.title}</tittel>"
        f"<tilknyttetRegistreringSom><m:kode>{'H' if document.is_main else 'V'}</m:kode></tilknyttetRegistreringSom>"
        + "".join(
            f"<dokumentobjekt><filnavn>{file.name}</filnavn><referanseDokumentfil>{file.name}</referanseDokumentfil>"
            f"<sjekksum>{file.sha256}</sjekksum><sjekksumAlgoritme>SHA256</sjekksumAlgoritme></dokumentobjekt>"
            for file in document.files
        )
        + "</dokumentbeskrivelse>"
    )


def _update(told: contract.Correction) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><arkivmeldingOppdatering xmlns="{_FIKS}/arkivmelding/oppdater/v1" '
        f'xmlns:m="{_FIKS}/metadatakatalog/v1"><registreringOppdateringer>'
        f"<referanseTilRegistrering><m:referanseEksternNoekkel>{_key(told.key)}</m:referanseEksternNoekkel>"
        f"</referanseTilRegistrering><tittel>{told.title}</tittel>"
        "</registreringOppdateringer></arkivmeldingOppdatering>"
    ).encode()


def _key(key: str) -> str:
    return f"<m:fagsystem>{SYSTEM}</m:fagsystem><m:noekkel>{key}</m:noekkel>"
