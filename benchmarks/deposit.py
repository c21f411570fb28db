"""Does a deposit of any size fit in memory, and does its time grow in proportion? Against bare writing of the same XML.

    python -m benchmarks.deposit --registrations 100000 --schemas FOLDER

Each size runs in a process of its own, whose largest memory is counted. The limit is measured in the same run: one
registration and one entry of each journal written as many times by nothing but lxml's xmlfile, and as many files. It
computes no checksum and knows no order. Exit status 1 above 500 MB, or when ten times the registrations take more
than fourteen times the time.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from benchmarks.archive import agreement
from torg.noark.writing import deposit
from torg.noark.writing.deposit import schemas

LARGEST_MEMORY = 500
LARGEST_GROWTH = 1.4
REPEATED = {
    "arkivstruktur": "registrering",
    "loependeJournal": "journalregistrering",
    "offentligJournal": "journalregistrering",
}


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Seconds by the clock and of the processor, and the largest memory in MB."""

    seconds: float
    processor: float
    memory: float


def main() -> int:
    """A tenth first, then all, then the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--registrations", type=int, default=100_000)
    parser.add_argument("--schemas", type=Path, help="folder of the official schemas; blank ones are carried without")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as folder:
        tenth = measured(write, given.registrations // 10, Path(folder) / "tenth", given.schemas)
        whole = measured(write, given.registrations, Path(folder) / "whole", given.schemas)
        limit = measured(write_bare, given.registrations, Path(folder) / "whole", given.schemas)
        return told(given.registrations, tenth, whole, limit)


def told(count: int, tenth: Figures, whole: Figures, limit: Figures) -> int:
    """The figures, and whether they are within what is asked for."""
    growth = whole.processor / tenth.processor / 10
    rows = {f"{count // 10:,} registrations": tenth, f"{count:,} registrations": whole, "bare lxml and files": limit}
    for name, figures in rows.items():
        sys.stdout.write(
            f"{name:>24}  {figures.seconds:7.1f} s  {figures.processor:7.1f} s of processor  {figures.memory:5.0f} MB\n"
        )
    ratio = limit.processor / whole.processor
    sys.stdout.write(f"growth {growth:.2f} (1 is in proportion)   ratio to the limit {ratio:.2f}\n")
    return 0 if whole.memory < LARGEST_MEMORY and growth < LARGEST_GROWTH else 1


def measured(work: Callable[..., None], *arguments: object) -> Figures:
    """The work in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[Figures] = context.Queue()
    process = context.Process(target=timed, args=(answers, work, *arguments))
    process.start()
    answer = answers.get()
    process.join()
    return answer


def timed(answers: "multiprocessing.Queue[Figures]", work: Callable[..., None], *arguments: object) -> None:
    """In the process of its own."""
    began, used = time.perf_counter(), time.process_time()
    work(*arguments)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers.put(Figures(seconds=seconds, processor=processor, memory=memory))


def write(count: int, into: Path, official: Path | None) -> None:
    """As the product does it."""
    into.mkdir()
    carried = schemas.read(official) if official else dict.fromkeys(schemas.CARRIED, b"<schema/>")
    deposit.write(agreement(count), into, schemas=carried)


def write_bare(count: int, written: Path, official: Path | None) -> None:
    """As many elements and files of the same kind and size, without a thought: one of each, over and over."""
    package = written / "avleveringspakke"
    for name, kind in REPEATED.items():
        one = first(package / f"{name}.xml", kind)
        with etree.xmlfile(str(written / f"{name}.xml"), encoding="utf-8") as xml, xml.element(name):
            for _number in range(count):
                xml.write(one)
    content = next((package / "DOKUMENT").rglob("*.pdf")).read_bytes()
    for number in range(count * 2):
        path = written / f"{number % 256:02x}" / str(number)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def first(path: Path, kind: str) -> etree._Element:
    """The first element of a kind in a file."""
    return next(element for _event, element in etree.iterparse(path, tag=f"{{*}}{kind}"))


if __name__ == "__main__":
    sys.exit(main())
