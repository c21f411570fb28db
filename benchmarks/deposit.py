"""Does a deposit of any size fit in memory, and does its time grow in proportion? Against bare writing of the same XML.

    python -m benchmarks.deposit --registrations 100000 --schemas FOLDER

Each size runs in a process of its own, whose largest memory is counted. The limit is measured in the same run: the
same arkivstruktur.xml, read back in pieces and written by nothing but lxml's xmlfile, and the same documents copied
by the system. Exit status 1 above 500 MB, or when a tenth of the registrations takes more than a seventh of the time.
"""

import argparse
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from benchmarks.archive import agreement
from torg.noark.writing import deposit
from torg.noark.writing.deposit import schemas

LARGEST_MEMORY = 500
LARGEST_GROWTH = 10 / 7


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


def told(count: int, tenth: tuple[float, float], whole: tuple[float, float], limit: tuple[float, float]) -> int:
    """The figures, and whether they are within what is asked for."""
    growth = whole[0] / tenth[0] / 10
    out = sys.stdout.write
    out(f"{count // 10:>9,} registrations  {tenth[0]:7.1f} s  {tenth[1]:5.0f} MB\n")
    out(f"{count:>9,} registrations  {whole[0]:7.1f} s  {whole[1]:5.0f} MB  {count / whole[0]:,.0f} a second\n")
    out(f"{'bare lxml':>9} and copies    {limit[0]:7.1f} s  {limit[1]:5.0f} MB\n")
    out(f"growth {growth:.2f} (1 is in proportion)   ratio to the limit {limit[0] / whole[0]:.2f}\n")
    return 0 if whole[1] < LARGEST_MEMORY and growth < LARGEST_GROWTH else 1


def measured(work: Callable[..., None], *arguments: object) -> tuple[float, float]:
    """Seconds, and the largest memory in MB of the process that did it."""
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[tuple[float, float]] = context.Queue()
    process = context.Process(target=timed, args=(answers, work, *arguments))
    process.start()
    answer = answers.get()
    process.join()
    return answer


def timed(answers: "multiprocessing.Queue[tuple[float, float]]", work: Callable[..., None], *arguments: object) -> None:
    """In the process of its own."""
    began = time.perf_counter()
    work(*arguments)
    seconds = time.perf_counter() - began
    answers.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def write(count: int, into: Path, official: Path | None) -> None:
    """As the product does it."""
    into.mkdir()
    carried = schemas.read(official) if official else dict.fromkeys(schemas.CARRIED, b"<schema/>")
    deposit.write(agreement(count), into, schemas=carried)


def write_bare(count: int, written: Path, official: Path | None) -> None:
    """The same elements and files, without a thought."""
    package = written / "avleveringspakke"
    with (
        (package / "arkivstruktur.xml").open("rb") as source,
        etree.xmlfile(str(written / "bare.xml"), encoding="utf-8") as xml,
        xml.element("arkiv"),
    ):
        for registration in registrations(source):
            xml.write(registration)
    shutil.copytree(package / "DOKUMENT", written / "copied")


def registrations(source: object) -> Iterator[etree._Element]:
    """Each as a tree, forgotten when the next is asked for."""
    for _event, element in etree.iterparse(source, tag="{*}registrering"):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


if __name__ == "__main__":
    sys.exit(main())
