"""`torg noark check` on a large deposit: `./torg bench noark_check [registrations]`.

The limit, found in the same run: lxml reads the same arkivstruktur.xml and forgets it, and every file is hashed.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from lxml import etree

REGISTRATIONS = 100_000
PER_FOLDER = 10
TESTS = 54
MEGABYTE = 1024
MADE = "<opprettetDato>2025-03-04T10:00:00+01:00</opprettetDato>\n<opprettetAv>Torg</opprettetAv>\n"
ENDED = "<avsluttetDato>2025-12-31T12:00:00+01:00</avsluttetDato>\n<avsluttetAv>Arkivar</avsluttetAv>\n"
NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivstruktur"


def identity(number: int) -> str:
    return f"<systemID>{UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % (1 << 128))}</systemID>\n"


def registration(number: int, content: bytes) -> str:
    return f"""<registrering xsi:type="journalpost">
{identity(10 * number + 5)}{MADE}<arkivertDato>2025-03-05T10:00:00+01:00</arkivertDato>
<arkivertAv>Arkivar</arkivertAv>
<dokumentbeskrivelse>
{identity(10 * number + 6)}<dokumenttype>Brev</dokumenttype>
<dokumentstatus>Dokumentet er ferdigstilt</dokumentstatus>
<tittel>Melding på kommunens side, sak {number}</tittel>
{MADE}<tilknyttetRegistreringSom>Hoveddokument</tilknyttetRegistreringSom>
<dokumentnummer>1</dokumentnummer>
<tilknyttetDato>2025-03-04T10:00:00+01:00</tilknyttetDato>
<tilknyttetAv>Torg</tilknyttetAv>
<dokumentobjekt>
{identity(10 * number + 7)}<versjonsnummer>1</versjonsnummer>
<variantformat>Arkivformat</variantformat>
<format>x-fmt/111</format>
{MADE}<referanseDokumentfil>dokumenter/{number // 1000}/{number}.txt</referanseDokumentfil>
<sjekksum>{hashlib.sha256(content).hexdigest()}</sjekksum>
<sjekksumAlgoritme>SHA256</sjekksumAlgoritme>
<filstoerrelse>{len(content)}</filstoerrelse>
</dokumentobjekt>
</dokumentbeskrivelse>
<registreringsID>2025/{number // PER_FOLDER}-{number % PER_FOLDER}</registreringsID>
<tittel>Melding på kommunens side, sak {number}</tittel>
<offentligTittel>Melding på kommunens side, sak *****</offentligTittel>
<korrespondansepart>
<korrespondanseparttype>Avsender</korrespondanseparttype>
<korrespondansepartNavn>Ole Olsen</korrespondansepartNavn>
</korrespondansepart>
<journalaar>2025</journalaar>
<journalsekvensnummer>{number}</journalsekvensnummer>
<journalpostnummer>{number % PER_FOLDER + 1}</journalpostnummer>
<journalposttype>Inngående dokument</journalposttype>
<journalstatus>Arkivert</journalstatus>
<journaldato>2025-03-04</journaldato>
</registrering>
"""


def structure(registrations: int) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<arkiv xmlns="{NAMESPACE}" '
    yield f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{identity(1)}<tittel>Lillevik</tittel>\n{MADE}{ENDED}'
    yield "<arkivskaper><arkivskaperID>0</arkivskaperID><arkivskaperNavn>Lillevik</arkivskaperNavn></arkivskaper>\n"
    yield f"<arkivdel>\n{identity(2)}<tittel>Sosiale medier</tittel>\n"
    yield f"<arkivdelstatus>Avsluttet periode</arkivdelstatus>\n{MADE}{ENDED}"
    yield f"<klassifikasjonssystem>\n{identity(3)}<tittel>Emner</tittel>\n{MADE}"
    yield f"<klasse>\n{identity(4)}<klasseID>1</klasseID>\n<tittel>Veier</tittel>\n{MADE}"
    for first in range(0, registrations, PER_FOLDER):
        number = first // PER_FOLDER
        yield f'<mappe xsi:type="saksmappe">\n{identity(10 * first + 8)}<mappeID>2025/{number}</mappeID>\n'
        yield f"<tittel>Sak {number}</tittel>\n{MADE}{ENDED}"
        for one in range(first, min(first + PER_FOLDER, registrations)):
            yield registration(one, text_of(one))
        yield f"<saksaar>2025</saksaar>\n<sakssekvensnummer>{number}</sakssekvensnummer>\n"
        yield "<saksdato>2025-03-04</saksdato>\n"
        yield "<administrativEnhet>Service</administrativEnhet>\n<saksansvarlig>Kari</saksansvarlig>\n"
        yield "<saksstatus>Avsluttet</saksstatus>\n</mappe>\n"
    yield "</klasse>\n</klassifikasjonssystem>\n</arkivdel>\n</arkiv>\n"


def text_of(number: int) -> bytes:
    return f"Brev nummer {number} om hull i veien.\n".encode() * 20


def write(folder: Path, registrations: int) -> Path:
    for number in range(registrations):
        path = folder / "dokumenter" / str(number // 1000) / f"{number}.txt"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_bytes(text_of(number))
    with (folder / "arkivstruktur.xml").open("w") as file:
        file.writelines(structure(registrations))
    return folder


def limit(folder: Path) -> float:
    """Seconds for what nobody can do without: parsing the archive and hashing every file."""
    begun = time.perf_counter()
    for _event, element in etree.iterparse(folder / "arkivstruktur.xml", tag=f"{{{NAMESPACE}}}registrering"):
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")
    return time.perf_counter() - begun


def product(folder: Path) -> tuple[float, int]:
    """Seconds and peak memory in kilobytes of the command in a process of its own."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "torg.cli", "noark", "check", str(folder), "--json"]
    with tempfile.TemporaryFile() as answer:
        known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(command, stdout=answer, env=known)
        _, _, used = os.wait4(process.pid, 0)
        answer.seek(0)
        if len(json.load(answer)["tests"]) != TESTS:
            raise SystemExit("not every test was run")
    return time.perf_counter() - begun, used.ru_maxrss


def main(arguments: list[str]) -> None:
    registrations = int(arguments[0]) if arguments else REGISTRATIONS
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as made:
        folder = write(Path(made), registrations)
        size = (folder / "arkivstruktur.xml").stat().st_size
        print(f"{registrations:,} registrations, arkivstruktur.xml of {size / 1e6:,.0f} MB")
        limit(folder)  # The first reading fills the system's cache for both.
        seconds, memory = product(folder)
        least = limit(folder)
    print(f"noark check: {seconds:.1f} s, {memory / MEGABYTE:,.0f} MB at most")
    print(f"limit (bare parse and hash): {least:.1f} s")
    print(f"ratio to the limit: {seconds / least:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
