"""What the core holds, and what it refuses: written from the standard and the interface's text."""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from torg.core import ids

PACKAGES = {
    "arkivdel": "arkivstruktur",
    "klassifikasjonssystem": "arkivstruktur",
    "klasse": "arkivstruktur",
    "saksmappe": "sakarkiv",
    "journalpost": "sakarkiv",
    "arkivnotat": "sakarkiv",
    "avskrivning": "sakarkiv",
    "korrespondansepartperson": "arkivstruktur",
    "korrespondansepartenhet": "arkivstruktur",
    "korrespondansepartintern": "arkivstruktur",
    "dokumentbeskrivelse": "arkivstruktur",
    "dokumentobjekt": "arkivstruktur",
}
PARTIES = ("korrespondansepartperson", "korrespondansepartenhet", "korrespondansepartintern")
CHILDREN = {
    "arkivdel": ("klassifikasjonssystem", "saksmappe"),
    "klassifikasjonssystem": ("klasse",),
    "klasse": ("saksmappe",),
    "saksmappe": ("journalpost", "arkivnotat"),
    "journalpost": (*PARTIES, "dokumentbeskrivelse", "avskrivning"),
    "arkivnotat": (*PARTIES, "dokumentbeskrivelse"),
    "dokumentbeskrivelse": ("dokumentobjekt",),
}
MUST = {
    "saksmappe": ("tittel",),
    "journalpost": ("tittel", "journalposttype"),
    "arkivnotat": ("tittel",),
    "korrespondansepartperson": ("korrespondanseparttype", "navn"),
    "korrespondansepartenhet": ("korrespondanseparttype", "navn"),
    "korrespondansepartintern": ("korrespondanseparttype",),
    "dokumentbeskrivelse": ("tittel", "dokumenttype", "dokumentstatus", "tilknyttetRegistreringSom"),
    "dokumentobjekt": ("versjonsnummer", "variantformat", "format"),
    "avskrivning": ("avskrivningsdato", "avskrevetAv", "avskrivningsmaate"),
}
CODES = {
    "journalposttype": {
        "I": "Inngående dokument",
        "U": "Utgående dokument",
        "N": "Organinternt dokument for oppfølging",
        "X": "Organinternt dokument uten oppfølging",
        "S": "Saksframlegg",
    },
    "journalstatus": {
        "J": "Journalført",
        "F": "Ferdigstilt",
        "E": "Ekspedert",
        "A": "Arkivert",
        "U": "Utgår",
        "M": "Midlertidig registrering",
        "S": "Registrert av saksbehandler",
        "R": "Reservert",
    },
    "saksstatus": {"B": "Under behandling", "A": "Avsluttet", "U": "Utgår", "R": "Opprettet av saksbehandler"},
    "korrespondanseparttype": {
        "EA": "Avsender",
        "EM": "Mottaker",
        "EK": "Kopimottaker",
        "GM": "Gruppemottaker",
        "IA": "Intern avsender",
        "IM": "Intern mottaker",
    },
    "variantformat": {"P": "Produksjonsformat", "A": "Arkivformat", "O": "Delvis skjermet"},
    "dokumentstatus": {"B": "Under redigering", "F": "Ferdigstilt"},
    "tilknyttetRegistreringSom": {"H": "Hoveddokument", "V": "Vedlegg"},
    "avskrivningsmaate": {
        "BU": "Besvart med brev",
        "BE": "Besvart med e-post",
        "TLF": "Besvart på telefon",
        "TE": "Tatt til etterretning",
        "TO": "Tatt til orientering",
    },
}
JOURNALED = ("J", "E", "A", "F")
CLOSED = ("A", "U")
TODAY = "2026-11-20T10:00:00+01:00"


class Refusal(Exception):
    """The core says no, with a status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass
class Thing:
    """One object of the archive."""

    kind: str
    parent: "Thing | None"
    fields: dict[str, Any]
    id: str = field(default_factory=lambda: str(ids.new()))
    version: int = 1
    content: bytes | None = None

    def code(self, name: str) -> str:
        told = self.fields.get(name)
        return told.get("kode", "") if isinstance(told, dict) else ""


class Core:
    """The archive in memory: one series with one classification, and what is filed there."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.case_numbers, self.journal_numbers = itertools.count(1), itertools.count(101)
        self.series = self.add("arkivdel", None, {"tittel": "Sakarkiv"})
        system = self.add("klassifikasjonssystem", self.series, {"tittel": "K-koder"})
        self.klasse = self.add("klasse", system, {"klasseID": "Q11", "tittel": "Vei"})

    def add(self, kind: str, parent: Thing | None, told: dict[str, Any]) -> Thing:
        thing = Thing(kind, parent, told)
        thing.fields = {**told, "systemID": thing.id, "opprettetDato": TODAY}
        self.things[thing.id] = thing
        return thing

    def of_kind(self, kind: str, parent: Thing | None = None) -> list[Thing]:
        return [one for one in self.things.values() if one.kind == kind and parent in (None, one.parent)]

    def create(self, kind: str, parent: Thing, told: dict[str, Any]) -> Thing:
        if kind not in CHILDREN.get(parent.kind, ()):
            raise Refusal(404, f"{parent.kind} kan ikke ha {kind}")
        check(kind, told)
        self._check_place(kind, parent, told)
        return self.add(kind, parent, {**told, **self._numbers(kind, parent, told)})

    def change(self, thing: Thing, told: dict[str, Any]) -> None:
        check(thing.kind, {**thing.fields, **told})
        status = told.get("journalstatus", {}).get("kode", "") if thing.kind == "journalpost" else ""
        if status in JOURNALED:
            self._check_finished(thing)
        if thing.code("journalstatus") == "A" and "tittel" in told:
            raise Refusal(400, "Tittelen på en arkivert journalpost kan ikke endres (krav 3.2.15)")
        thing.fields.update(told)
        thing.version += 1

    def delete(self, thing: Thing) -> None:
        for one in (thing, *self.ancestors(thing)):
            if one.code("journalstatus") in JOURNALED:
                raise Refusal(403, "En journalført journalpost kan ikke slettes (krav 3.2.19)")
        for child in [one for one in self.things.values() if one.parent is thing]:
            self.delete(child)
        del self.things[thing.id]

    def store(self, thing: Thing, content: bytes, media_type: str) -> None:
        if thing.content is not None:
            raise Refusal(409, "Filen finnes fra før og kan ikke skrives over")
        sha256 = hashlib.sha256(content).hexdigest()
        for name, is_so in (("filstoerrelse", len(content)), ("sjekksum", sha256), ("mimeType", media_type)):
            if thing.fields.setdefault(name, is_so) != is_so:
                raise Refusal(400, f"{name} stemmer ikke med filen")
        thing.content = content
        thing.fields |= {"referanseDokumentfil": f"/file/{thing.id}", "sjekksumAlgoritme": "SHA-256"}
        thing.version += 1

    def ancestors(self, thing: Thing) -> Iterator[Thing]:
        while thing.parent is not None:
            thing = thing.parent
            yield thing

    def _check_place(self, kind: str, parent: Thing, told: dict[str, Any]) -> None:
        if parent.kind == "saksmappe" and parent.code("saksstatus") in CLOSED:
            raise Refusal(400, "Saksmappen er avsluttet")
        if kind == "dokumentbeskrivelse" and parent.code("journalstatus") == "A":
            raise Refusal(400, "En arkivert journalpost kan ikke få nye dokumenter (krav 3.2.14)")
        if kind == "avskrivning":
            answer = self.things.get(told.get("referanseAvskrivesAvJournalpost", ""))
            if parent.code("journalposttype") not in ("I", "N") or answer is None or answer.kind != "journalpost":
                raise Refusal(422, "Avskrivningen viser ikke til en journalpost som kan avskrives")

    def _check_finished(self, entry: Thing) -> None:
        documents = self.of_kind("dokumentbeskrivelse", entry)
        if any(one.code("dokumentstatus") != "F" for one in documents):
            raise Refusal(400, "Alle dokumenter må være ferdigstilt (krav 3.2.30)")
        objects = [one for document in documents for one in self.of_kind("dokumentobjekt", document)]
        if not objects or any(one.content is None for one in objects):
            raise Refusal(400, "Et dokument mangler filen sin")

    def _numbers(self, kind: str, parent: Thing, told: dict[str, Any]) -> dict[str, Any]:
        if kind == "saksmappe":
            year, number = int(str(told.get("saksdato", TODAY))[:4]), next(self.case_numbers)
            numbers = {"saksaar": year, "sakssekvensnummer": number, "mappeID": f"{year}/{number}"}
            return {"saksstatus": {"kode": "R"}, **told, **numbers}
        if kind == "journalpost":
            count = len(self.of_kind("journalpost", parent)) + 1
            year = int(str(told.get("journaldato", TODAY))[:4])
            return {"journalaar": year, "journalsekvensnummer": next(self.journal_numbers), "journalpostnummer": count}
        return {}


def check(kind: str, told: dict[str, Any]) -> None:
    """What the standard makes obligatory, and the value lists."""
    for name in MUST.get(kind, ()):
        if told.get(name) in (None, "", {}):
            raise Refusal(422, f"{name} mangler")
    for name, codes in CODES.items():
        if name in told and (not isinstance(told[name], dict) or told[name].get("kode") not in codes):
            raise Refusal(422, f"{name} har en ukjent kode")
    shielding = told.get("skjerming")
    if shielding is not None and not (shielding.get("tilgangsrestriksjon") and shielding.get("skjermingshjemmel")):
        raise Refusal(422, "skjerming mangler tilgangsrestriksjon eller skjermingshjemmel")
