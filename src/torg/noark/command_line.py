"""`torg noark …`: test a deposit, hold a file against its schema, install the official schemas."""

import argparse
import io
import json
import os
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from torg.noark.checking import package, report, running
from torg.noark.schemas import naming, opening, store, validation
from torg.noark.schemas.published import FAMILIES, of_family
from torg.noark.schemas.store import Store

PASSED, FAILED, NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run one of the words; 0 when all is well, 1 when a test fails or a file is invalid, 2 when it cannot be run."""
    try:
        given = _words().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    # A Norwegian æ must come out whatever the terminal's language says, and no name in a package may stop the report.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if (folder := getattr(given, "schemas", None)) and not folder.is_dir():
        return refused(f"{folder} er ikke en mappe.", given)
    runs = {"check": check, "validate": validate, "schemas": schemas}
    try:
        return runs[given.word](given)
    except OSError as error:
        return refused(f"{error.filename or 'Filen'} kan ikke leses: {error.strerror or error}.", given)


def check(given: argparse.Namespace) -> int:
    """`torg noark check DIR [--json]`: every test of the list."""
    try:
        deposit = package.opened(given.package)
    except package.NoPackage as problem:
        return refused(str(problem), given)
    except tarfile.TarError:
        return refused(f"{given.package} er en pakket eller skadet tar-fil. Pakk den ut, og gi mappen i stedet.", given)
    found = running.check(deposit, known_schemas(given.schemas))
    told(json.dumps(found.as_json(), indent=1) if given.json else report.table(found))
    return FAILED if found.has_failed else PASSED


def validate(given: argparse.Namespace) -> int:
    """`torg noark validate FILE`: the schema that a file belongs to, and its errors."""
    try:
        answer = naming.answer(given.file, known_schemas(given.schemas))
    except opening.Unreadable as problem:
        return refused(f"{given.file}, linje {problem.line}: {problem.text}", given, line=problem.line)
    except (naming.Unknown, validation.BrokenSchema) as problem:
        return refused(f"{given.file}: {problem}", given)
    if given.json:
        faults = [{"line": fault.line, "text": fault.text} for fault in answer.faults]
        told(json.dumps({"schema": answer.schema.title, "valid": not faults, "errors": faults}, indent=1))
    else:
        told(f"{answer.schema.title}: {'ugyldig' if answer.faults else 'gyldig'}")
        told(*(f"linje {fault.line}: {report.printable(fault.text)}" for fault in answer.faults))
    return FAILED if answer.faults else PASSED


def schemas(given: argparse.Namespace) -> int:
    """`torg noark schemas [DIR]`: install the official schemas from a folder, or say which are installed."""
    target = store.folder_of_data(os.environ)
    if given.folder is None:
        listed(Store.of(target), target)
        return PASSED
    if not given.folder.is_dir():
        return refused(f"{given.folder} er ikke en mappe.", given)
    outcome = store.install(given.folder, target)
    told(*(f"Avvist: {path}. {reason}" for path, reason in outcome.refused))
    if outcome.unknown:
        told(f"Ikke kjent, ikke installert: {len(outcome.unknown)} filer (den første er {outcome.unknown[0]}).")
    listed(Store.of(target), target)
    return FAILED if outcome.refused or not outcome.installed else PASSED


def listed(installed: Store, folder: Path) -> None:
    """Say what is installed and what is missing, and where that is published."""
    told(f"Installert i {folder}:")
    for family in FAMILIES:
        known = of_family(family.key)
        missing = [one.name for one in known if one not in installed]
        told(f"  {family.title}: {len(known) - len(missing)} av {len(known)} skjemaer")
        if missing:
            told(f"    mangler: {', '.join(missing)}", f"    publisert på: {family.published_at}")


def known_schemas(given: Path | None) -> Store:
    """The official schemas to use: of the folder given, else of TORG_NOARK_SCHEMAS, and those installed."""
    named = given or (Path(os.environ["TORG_NOARK_SCHEMAS"]) if os.environ.get("TORG_NOARK_SCHEMAS") else None)
    return Store.of(*([named] if named else []), store.folder_of_data(os.environ))


def told(*lines: str) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def refused(text: str, given: argparse.Namespace, *, line: int | None = None) -> int:
    """Say why nothing could be run; in the form of an answer too, where a program reads it."""
    if given.word == "validate" and given.json:
        told(json.dumps({"schema": None, "valid": None, "errors": [{"line": line, "text": text}]}, indent=1))
    sys.stderr.write(f"{text}\n")
    return NOT_RUN


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="torg noark", description="Noark 5: deposits, files and schemas.")
    word = words.add_subparsers(dest="word", required=True, metavar="WORD")
    checking = word.add_parser("check", help="test a deposit (arkivuttrekk) by N5.01 to N5.64")
    checking.add_argument("package", type=Path, metavar="DIR", help="the package, its content folder, or a DIAS tar")
    validating = word.add_parser("validate", help="name the schema that a file belongs to, and its errors")
    validating.add_argument("file", type=Path, metavar="FILE")
    for one in (checking, validating):
        one.add_argument("--json", action="store_true", help="print JSON")
        one.add_argument("--schemas", type=Path, metavar="DIR", help="a folder with the official XSD files")
    installing = word.add_parser(
        "schemas", help="install the official XSD files of a folder, or list what is installed"
    )
    installing.add_argument("folder", type=Path, metavar="DIR", nargs="?")
    return words
