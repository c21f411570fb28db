"""A small valid deposit of an invented municipality, and ways to break it; built here, not by the product's writer."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

N5 = "http://www.arkivverket.no/standarder/noark5/"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
MADE = "<opprettetDato>2025-03-04T10:00:00+01:00</opprettetDato><opprettetAv>Torg</opprettetAv>"
ENDED = "<avsluttetDato>2025-12-31T12:00:00+01:00</avsluttetDato><avsluttetAv>Arkivar</avsluttetAv>"
LETTER = b"Et brev om en benk.\n"
ANSWER = b"Benken kommer i mai.\n"


def identity(number: int) -> str:
    return f"<systemID>{uuid(number)}</systemID>"


def uuid(number: int) -> str:
    return f"3f0c6a1e-0000-4000-8000-{number:012d}"


def document(number: int, name: str, content: bytes) -> str:
    return f"""<dokumentbeskrivelse>
{identity(number)}
<dokumenttype>Brev</dokumenttype>
<dokumentstatus>Dokumentet er ferdigstilt</dokumentstatus>
<tittel>Brev om benken</tittel>
{MADE}
<tilknyttetRegistreringSom>Hoveddokument</tilknyttetRegistreringSom>
<dokumentnummer>1</dokumentnummer>
<tilknyttetDato>2025-03-04T10:00:00+01:00</tilknyttetDato><tilknyttetAv>Torg</tilknyttetAv>
<dokumentobjekt>
{identity(number + 1)}
<versjonsnummer>1</versjonsnummer>
<variantformat>Arkivformat</variantformat>
<format>x-fmt/111</format>
{MADE}
<referanseDokumentfil>dokumenter/{name}</referanseDokumentfil>
<sjekksum>{hashlib.sha256(content).hexdigest()}</sjekksum>
<sjekksumAlgoritme>SHA256</sjekksumAlgoritme>
<filstoerrelse>{len(content)}</filstoerrelse>
</dokumentobjekt>
</dokumentbeskrivelse>"""


def journal_entry(number: int, kind: str, name: str, content: bytes) -> str:
    return f"""<registrering xsi:type="journalpost">
{identity(number)}
{MADE}
<arkivertDato>2025-03-05T10:00:00+01:00</arkivertDato><arkivertAv>Arkivar</arkivertAv>
{document(number + 1, name, content)}
<tittel>Brev om benken</tittel>
<korrespondansepart>
<korrespondanseparttype>Avsender</korrespondanseparttype>
<korrespondansepartNavn>Ole Olsen</korrespondansepartNavn>
</korrespondansepart>
<journalaar>2025</journalaar>
<journalsekvensnummer>{number}</journalsekvensnummer>
<journalpostnummer>1</journalpostnummer>
<journalposttype>{kind}</journalposttype>
<journalstatus>Arkivert</journalstatus>
<journaldato>2025-03-04</journaldato>
</registrering>"""


def structure() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<arkiv xmlns="{N5}arkivstruktur" {XSI}>
{identity(1)}
<tittel>Lillevik kommune</tittel>
{MADE}
{ENDED}
<arkivskaper><arkivskaperID>000000000</arkivskaperID><arkivskaperNavn>Lillevik kommune</arkivskaperNavn></arkivskaper>
<arkivdel>
{identity(2)}
<tittel>Sosiale medier</tittel>
<arkivdelstatus>Avsluttet periode</arkivdelstatus>
{MADE}
{ENDED}
<klassifikasjonssystem>
{identity(3)}
<tittel>Emner</tittel>
{MADE}
<klasse>
{identity(4)}
<klasseID>1</klasseID>
<tittel>Parker</tittel>
{MADE}
<mappe xsi:type="saksmappe">
{identity(5)}
<mappeID>2025/1</mappeID>
<tittel>Benken i parken</tittel>
{MADE}
{ENDED}
<referanseArkivdel>{uuid(2)}</referanseArkivdel>
{journal_entry(10, "Inngående dokument", "brev.txt", LETTER)}
{journal_entry(20, "Utgående dokument", "svar.txt", ANSWER)}
<saksaar>2025</saksaar>
<sakssekvensnummer>1</sakssekvensnummer>
<saksdato>2025-03-04</saksdato>
<administrativEnhet>Service</administrativEnhet>
<saksansvarlig>Kari Saksbehandler</saksansvarlig>
<saksstatus>Avsluttet</saksstatus>
<referanseSekundaerKlassifikasjon>{uuid(6)}</referanseSekundaerKlassifikasjon>
</mappe>
</klasse>
<klasse>
{identity(6)}
<klasseID>2</klasseID>
<tittel>Veier</tittel>
{MADE}
</klasse>
</klassifikasjonssystem>
</arkivdel>
</arkiv>
"""


def journal(name: str) -> str:
    title = "offentligTittel" if name == "offentligJournal" else "tittel"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{name} xmlns="{N5}{name}">
<journalhode>
<journalStartDato>2025-03-04</journalStartDato>
<journalSluttDato>2025-03-04</journalSluttDato>
<antallJournalposter>2</antallJournalposter>
<arkivskaper><arkivskaperID>000000000</arkivskaperID><arkivskaperNavn>Lillevik kommune</arkivskaperNavn></arkivskaper>
</journalhode>
{entry(10, title)}{entry(20, title)}</{name}>
"""


def entry(number: int, title: str) -> str:
    return f"""<journalregistrering>
<saksmappe><saksaar>2025</saksaar><sakssekvensnummer>1</sakssekvensnummer><{title}>Benken</{title}></saksmappe>
<journalpost>
{identity(number)}
<journalaar>2025</journalaar>
<journalsekvensnummer>{number}</journalsekvensnummer>
<journalpostnummer>1</journalpostnummer>
<{title}>Brev om benken</{title}>
<journaldato>2025-03-04</journaldato>
<korrespondansepart>
<korrespondanseparttype>Avsender</korrespondanseparttype><korrespondansepartNavn>Ole Olsen</korrespondansepartNavn>
</korrespondansepart>
</journalpost>
</journalregistrering>
"""


def changes() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<endringslogg xmlns="{N5}endringslogg">
<endring>
<referanseArkivenhet>{uuid(10)}</referanseArkivenhet>
<referanseMetadata>tittel</referanseMetadata>
<endretDato>2025-03-05T09:00:00+01:00</endretDato>
<endretAv>Kari Saksbehandler</endretAv>
<tidligereVerdi>Brev</tidligereVerdi>
<nyVerdi>Brev om benken</nyVerdi>
</endring>
</endringslogg>
"""


def said(name: str, value: str = "", *inside: str) -> str:
    """A property of ADDML."""
    properties = f"<properties>{''.join(inside)}</properties>" if inside else ""
    return f'<property name="{name}">{f"<value>{value}</value>" if value else ""}{properties}</property>'


def file_said(name: str, checksum: str, algorithm: str) -> str:
    inside = [said("algorithm", algorithm)] if algorithm else []
    inside += [said("value", checksum)] if checksum else []
    return said("file", "", said("name", name), *([said("checksum", "", *inside)] if inside else []))


@dataclass
class Deposit:
    """A deposit to be written; every test changes what it wants first. Numbers and checksums follow unless given."""

    files: dict[str, str] = field(
        default_factory=lambda: {
            "arkivstruktur.xml": structure(),
            "loependeJournal.xml": journal("loependeJournal"),
            "offentligJournal.xml": journal("offentligJournal"),
            "endringslogg.xml": changes(),
        }
    )
    documents: dict[str, bytes] = field(default_factory=lambda: {"brev.txt": LETTER, "svar.txt": ANSWER})
    schemas: dict[str, bytes] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    checksums: dict[str, str] = field(default_factory=dict)
    algorithms: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    separation: str = "skarpt"
    version: str = "5.0"
    statement: str | None = None

    def change(self, old: str, new: str, *, file: str = "arkivstruktur.xml", times: int = 1) -> "Deposit":
        """Replace something that must be there."""
        assert old in self.files[file]
        self.files[file] = self.files[file].replace(old, new, times)
        return self

    def write(self, folder: Path) -> Path:
        (folder / "dokumenter").mkdir(parents=True)
        for name, text in self.files.items():
            (folder / name).write_text(text)
        for name, content in self.schemas.items():
            (folder / name).write_bytes(content)
        for name, content in self.documents.items():
            (folder / "dokumenter" / name).write_bytes(content)
        (folder / "arkivuttrekk.xml").write_text(self.stated() if self.statement is None else self.statement)
        return folder

    def stated(self) -> str:
        named = [*self.files, *self.named]
        objects = "".join(self.object_said(name) for name in named)
        period = said(
            "periode", "", said("inngaaendeSkille", self.separation), said("utgaaendeSkille", self.separation)
        )
        flags = "".join(said(name, value) for name, value in self.flags.items())
        number = said("antallDokumentfiler", self.numbers.get("antallDokumentfiler", str(len(self.documents))))
        kind = said("type", "Noark 5", said("version", self.version))
        info = said("info", "", kind, said("additionalInfo", "", period, flags, number))
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<addml xmlns="http://www.arkivverket.no/standarder/addml" name="Noark 5-arkivuttrekk">
<dataset>
<reference><context/><content/></reference>
<dataObjects><dataObject name="Noark 5-arkivuttrekk"><properties>{info}</properties>
<dataObjects>{objects}</dataObjects>
</dataObject></dataObjects>
</dataset>
</addml>
"""

    def object_said(self, name: str) -> str:
        content = self.files.get(name, "").encode()
        checksum = self.checksums.get(name, hashlib.sha256(content).hexdigest())
        about = file_said(name, checksum, self.algorithms.get(name, "SHA256"))
        if name == "arkivstruktur.xml":
            about += said("info", "", self.number_said("mappe"), self.number_said("registrering"))
        return f'<dataObject name="{name.removesuffix(".xml")}"><properties>{about}</properties></dataObject>'

    def number_said(self, element: str) -> str:
        found = str(self.files["arkivstruktur.xml"].count(f"</{element}>"))
        return said("numberOfOccurrences", element, said("value", self.numbers.get(element, found)))
