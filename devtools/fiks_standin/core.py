"""The archive itself: what it takes, what it refuses, and the numbers that it gives."""

import hashlib
import itertools
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from devtools.fiks_standin.packings import Message, Packing
from torg.core import ids

TYPE = "no.ks.fiks.arkiv.v1"
CREATE, UPDATE = f"{TYPE}.arkivering.arkivmelding.opprett", f"{TYPE}.arkivering.arkivmelding.oppdater"
BASE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv"
SCHEMAS = {name: f"no.ks.fiks.arkiv.v1.arkivering.arkivmelding.{name}.xsd" for name in ("opprett", "oppdater")}
EFFECTS = {
    "silent": "it is archived, and nothing is answered",
    "received_only": "it is archived, and only the receipt of the message is answered",
    "server_fault": "nothing is archived; the fault of a server",
    "twice": "everything is answered twice",
    "damaged": "it is archived, and the receipt is cut off",
    "uncorrelated": "it is archived, and the answers do not say to what",
    "not_taken": "the message is left where it lies",
}


class Invalid(Exception):
    """The message is wrong."""


class NotFound(Exception):
    """The message names what is not there."""


@dataclass
class Entry:
    """A registration that was archived."""

    id: str
    key: str
    title: str
    case: str
    kind: str
    numbers: dict[str, int]
    files: list[str]


@dataclass
class FiksStandin:
    """An archive on the other side of a folder; `work` lets it take what lies there and answer.

    `schemas` is the folder of the official XSDs; without it the structure alone is checked.
    """

    root: Path
    packing: Packing
    schemas: Path | None = None
    faults: deque[str] = field(default_factory=deque)
    cases: dict[str, tuple[str, int]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    seen: int = 0

    def __post_init__(self) -> None:
        self._journal, self._case_numbers, self._answers = itertools.count(501), itertools.count(1), itertools.count(1)

    def fail(self, effect: str) -> None:
        """Let the next message meet with this; see `EFFECTS`."""
        if effect not in EFFECTS:
            raise ValueError(effect)
        self.faults.append(effect)

    def work(self) -> None:
        """Take every message that lies there, oldest first, and answer."""
        for place in sorted((self.root / "out").iterdir(), key=lambda place: place.stat().st_mtime_ns):
            effect = self.faults.popleft() if self.faults else ""
            if effect == "not_taken":
                continue
            taken = place.rename(self.root / "taken" / place.name)
            self.seen += 1
            self._take(self.packing.read(taken), effect)

    def _take(self, message: Message, effect: str) -> None:
        answers = self._answers_to(message, effect)
        if effect == "silent":
            answers = []
        if effect == "received_only":
            answers = answers[:1]
        if effect == "twice":
            answers = answers * 2
        for type, payload in answers:
            cut = payload[: len(payload) // 2] if effect == "damaged" and payload else payload
            self._answer(type, cut, answered="" if effect == "uncorrelated" else message.id)

    def _answers_to(self, message: Message, effect: str) -> list[tuple[str, str]]:
        if effect == "server_fault":
            return [(f"{TYPE}.feilmelding.serverfeil", failure("serverfeil", "Databasen er nede"))]
        try:
            receipt = self._archive(message) if message.type == CREATE else self._update(message)
        except Invalid as problem:
            return [(f"{TYPE}.feilmelding.ugyldigforespoersel", failure("ugyldigforespoersel", str(problem)))]
        except NotFound as problem:
            return [(f"{TYPE}.feilmelding.ikkefunnet", failure("ikkefunnet", str(problem)))]
        return [(f"{message.type}.mottatt", ""), (f"{message.type}.kvittering", receipt)]

    def _answer(self, type: str, payload: str, *, answered: str) -> None:
        name = f"{next(self._answers):06}"
        headers = {"type": type, "melding-id": str(ids.new())}
        headers |= {"klientKorrelasjonsId": answered} if answered else {}
        file = "feilmelding.xml" if "feilmelding" in type else "arkivmelding-kvittering.xml"
        hidden = self.root / "in" / f".{name}"
        self.packing.write(hidden, headers, {file: payload.encode()} if payload else {})
        hidden.rename(self.root / "in" / name)

    def _archive(self, message: Message) -> str:
        root = self._valid(message, "opprett", "arkivmelding")
        entry = root.find("{*}registrering")
        if entry is None:
            raise Invalid("Meldingen har ingen registrering")
        key, kind = text(entry, "referanseEksternNoekkel", "noekkel"), type_of(entry)
        files = self._files(root, message)
        existing = self.entries.get(key)
        if existing is not None:
            return receipt(existing, self.cases[existing.case], is_existing=True)
        if kind == "journalpost" and text(entry, "journalposttype", "kode") not in ("I", "U", "N", "X", "S"):
            raise Invalid("journalposttype er ukjent")
        case = self._case(root, entry)
        made = Entry(str(ids.new()), key, text(entry, "tittel"), case, kind, {}, files)
        if kind == "journalpost":
            count = sum(one.case == case and one.kind == kind for one in self.entries.values()) + 1
            made.numbers |= {
                "journalaar": 2026,
                "journalsekvensnummer": next(self._journal),
                "journalpostnummer": count,
            }
        self.entries[key] = made
        return receipt(made, self.cases[case], is_existing=False)

    def _update(self, message: Message) -> str:
        root = self._valid(message, "oppdater", "arkivmeldingOppdatering")
        key = next((one.text or "" for one in root.iter("{*}noekkel")), "")
        entry = self.entries.get(key)
        if entry is None:
            raise NotFound("Registreringen finnes ikke")
        entry.title = next((one.text or "" for one in root.iter("{*}tittel")), entry.title)
        return ""

    def _valid(self, message: Message, schema: str, name: str) -> etree._Element:
        try:
            root = etree.fromstring(message.files["arkivmelding.xml"])
        except (etree.XMLSyntaxError, KeyError) as error:
            raise Invalid("arkivmelding.xml mangler eller er ikke XML") from error
        if etree.QName(root).localname != name:
            raise Invalid(f"Meldingen er ikke en {name}")
        if self.schemas:
            checker = etree.XMLSchema(etree.parse(self.schemas / SCHEMAS[schema]))
            if not checker.validate(root):
                raise Invalid(str(checker.error_log.last_error))
        return root

    def _files(self, root: etree._Element, message: Message) -> list[str]:
        named = {text(one, "referanseDokumentfil"): text(one, "sjekksum") for one in root.iter("{*}dokumentobjekt")}
        there = set(message.files) - {"arkivmelding.xml"}
        if set(named) != there or text(root, "antallFiler") != str(len(there)):
            raise Invalid("Filene i meldingen er ikke de som er nevnt")
        for name, told in named.items():
            if told and told != hashlib.sha256(message.files[name]).hexdigest():
                raise Invalid(f"Sjekksummen til {name} stemmer ikke")
        return sorted(named)

    def _case(self, root: etree._Element, entry: etree._Element) -> str:
        parent, folder = entry.find("{*}referanseForelderMappe"), root.find("{*}mappe")
        if parent is None:
            raise Invalid("Registreringen sier ikke hvilken mappe den hører til")
        number = text(parent, "saksnummer", "sakssekvensnummer")
        if number:
            found = next((key for key, (_, sequence) in self.cases.items() if str(sequence) == number), None)
            if found is None:
                raise NotFound("Saksmappen finnes ikke")
            return found
        key = text(parent, "referanseEksternNoekkel", "noekkel")
        if key not in self.cases:
            if folder is None or text(folder, "referanseEksternNoekkel", "noekkel") != key:
                raise NotFound("Saksmappen finnes ikke")
            self.cases[key] = (str(ids.new()), next(self._case_numbers))
        return key


def text(element: etree._Element, *names: str) -> str:
    return element.findtext("/".join(f"{{*}}{name}" for name in names)) or ""


def type_of(element: etree._Element) -> str:
    return element.get("{http://www.w3.org/2001/XMLSchema-instance}type", "").rsplit(":", 1)[-1]


def failure(name: str, reason: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{BASE}/feil/{name}/v1" '
        f'xmlns:f="{BASE}/feil/feilmelding/v1">'
        f"<f:feilId>{ids.new()}</f:feilId><f:feilmelding>{escape(reason)}</f:feilmelding></{name}>"
    )


def receipt(entry: Entry, case: tuple[str, int], *, is_existing: bool) -> str:
    """A receipt as the schema wants it."""
    how = "Eksisterende" if is_existing else "Opprettet"
    ours = f"<referanseEksternNoekkel><m:fagsystem>torg</m:fagsystem><m:noekkel>{escape(entry.key)}</m:noekkel>"
    ours += f"</referanseEksternNoekkel><opprettetEllerEksisterende>{how}</opprettetEllerEksisterende>"
    numbers = "".join(f"<{name}>{number}</{name}>" for name, number in entry.numbers.items())
    kind = ' xsi:type="journalpostKvittering"' if entry.numbers else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><arkivmeldingKvittering '
        f'xmlns="{BASE}/arkivmelding/opprett/kvittering/v1" '
        f'xmlns:m="{BASE}/metadatakatalog/v1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<mappeKvittering xsi:type="saksmappeKvittering"><systemID>{case[0]}</systemID>'
        f"<opprettetEllerEksisterende>{how}</opprettetEllerEksisterende><saksaar>2026</saksaar>"
        f"<sakssekvensnummer>{case[1]}</sakssekvensnummer></mappeKvittering>"
        f"<registreringKvittering{kind}><systemID>{entry.id}</systemID>{ours}{numbers}</registreringKvittering>"
        "</arkivmeldingKvittering>"
    )
