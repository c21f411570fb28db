"""The XML files of the deposit and their schemas: that they are there, unchanged, and valid."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from torg.noark.checking.check import Check
from torg.noark.checking.checks.documents import ALGORITHMS, sha256
from torg.noark.checking.deposit import at_line
from torg.noark.checking.package import CHANGES, PUBLIC_JOURNAL, RUNNING_JOURNAL, STATED, STRUCTURE
from torg.noark.checking.results import SHOWN
from torg.noark.checking.stated import StatedFile
from torg.noark.schemas import published, validation
from torg.noark.schemas.opening import Unreadable, well_formed

_CATALOGUE = "metadatakatalog.xsd"
_ADDML = "http://www.arkivverket.no/standarder/addml"
_STANDARD = "http://www.arkivverket.no/standarder/noark5/"
_LARGEST_SCHEMA = 1 << 22
_NEWEST = 5
_VERSION = re.compile(r"(\d{1,3})(?:[.,]\d+)*", re.ASCII)
_SCHEMA_OF = {
    STRUCTURE: "arkivstruktur.xsd",
    RUNNING_JOURNAL: "loependeJournal.xsd",
    PUBLIC_JOURNAL: "offentligJournal.xsd",
    CHANGES: "endringslogg.xsd",
}


class FilesExist(Check):
    """Every file that arkivuttrekk.xml names is in the package, and so are that file and arkivstruktur.xml."""

    id = "N5.01"
    name = "Kontroll av eksistens for XML-filene"
    can_fail = True
    needs = ()

    def finish(self) -> None:
        if self.deposit.package.stated not in self.deposit.package.files:
            other = self.deposit.package.spelled_otherwise(STATED)
            self.findings.add(f"{STATED} mangler i pakken.{other}", file=STATED)
        elif self.deposit.stated is None:
            self.unseen.add(self.deposit.problems[STATED], file=STATED)
        for name in self._names():
            if not self.deposit.package.referred(name):
                other = self.deposit.package.spelled_otherwise(name)
                self.findings.add(f"{name or 'En fil uten navn'} mangler i pakken.{other}", file=name)

    def _names(self) -> list[str]:
        stated = self.deposit.stated
        return list(dict.fromkeys([STRUCTURE, *(file.name for file in stated.files())] if stated else [STRUCTURE]))

    def counts(self) -> dict[str, object]:
        return {"total": len(self._names())}


class FileChecksums(Check):
    """The checksums of arkivuttrekk.xml; fails when one is another, is missing or is of another algorithm."""

    id = "N5.02"
    name = "Validering av sjekksummer"
    can_fail = True
    needs = (STATED,)
    total = 0

    def finish(self) -> None:
        for file in self.deposit.stated.files() if self.deposit.stated else ():
            # A schema is often named again for the next file, then without a checksum.
            if file.has_checksum or not file.is_schema:
                self.total += 1
                self._compare(file)
        if not self.total:
            self.unseen.add(f"{STATED} oppgir ingen filer.", file=STATED)

    def _compare(self, file: StatedFile) -> None:
        if not file.algorithm or file.algorithm.lower() not in ALGORITHMS:
            text = f"Sjekksumalgoritmen for {file.name} er «{file.algorithm or ''}»; bare SHA-256 kan brukes."
            self.findings.add(text, file=STATED)
        elif not file.checksum:
            self.findings.add(f"Sjekksum for {file.name} mangler.", file=STATED)
        elif path := self.deposit.package.referred(file.name):
            self._compare_with(path, file.checksum.lower())
        else:
            self.unseen.add(f"{file.name} mangler i pakken; sjekksummen er ikke kontrollert.", file=file.name)

    def _compare_with(self, path: str, stated: str) -> None:
        try:
            with self.deposit.package.open(path) as content:
                found = sha256(content)
        except OSError as error:
            self.findings.add(f"{path} kan ikke leses: {error.strerror or error}.", file=path)
            return
        if found != stated:
            self.findings.add(f"Sjekksummen for {path} er {found}, oppgitt er {stated}.", file=path)

    def counts(self) -> dict[str, object]:
        return {"total": self.total}


class Schema(NamedTuple):
    """The schemas that a file is held against; `also` are those of own metadata, by namespace."""

    files: dict[str, bytes]
    main: str
    also: dict[str, str]
    is_official: bool


class ValidXml(Check):
    """Every XML file of the deposit is valid against its schema.

    A deposit of version 5 is held against the official schemas where they are installed; otherwise, and for older
    versions, the schemas in the package are used.
    """

    id = "N5.03"
    name = "Validering av XML i henhold til skjema"
    can_fail = True
    needs = ()

    def finish(self) -> None:
        package = self.deposit.package
        for name in (package.stated, *_SCHEMA_OF, *self._others()):
            if name in package.files:
                self._validate(name)
        if STRUCTURE not in package.files:
            self.unseen.add(f"{STRUCTURE} mangler i pakken.", file=STRUCTURE)

    def _others(self) -> list[str]:
        """The XML files that the standard does not name, but arkivuttrekk.xml does."""
        stated = self.deposit.stated
        named = [file.name for file in stated.files() if not file.is_schema] if stated else []
        return [name for name in dict.fromkeys(named) if name not in _SCHEMA_OF and name.lower().endswith(".xml")]

    def _validate(self, name: str) -> None:
        try:
            is_statement = name == self.deposit.package.stated
            schemas = self._schemas_of_statement() if is_statement else self._schemas(name)
            if not schemas:
                # Without a schema it can still be told whether it is XML at all.
                with self.deposit.package.open(name) as content:
                    well_formed(content)
                self.unseen.add(self._missing_schema(name), file=name)
            else:
                self._hold_against(schemas, name)
        except validation.BrokenSchema as problem:
            self.findings.add(str(problem), file=name)
        except Unreadable as problem:
            self.findings.add(at_line(name, problem), file=name, line=problem.line)
        except OSError as error:
            self.findings.add(f"{name} kan ikke leses: {error.strerror or error}.", file=name)

    def _hold_against(self, schemas: Sequence[Schema], name: str) -> None:
        """The file must fit one of them; when it fits none, it is told how it breaks the first."""
        answers = [(schema, self._faults(schema, name)) for schema in schemas]
        schema, faults = next((answer for answer in answers if not answer[1]), answers[0])
        for fault in faults:
            self.findings.add(fault.text, file=name, line=fault.line)
        kind = "det offisielle skjemaet" if schema.is_official else "skjemaet i pakken"
        self.notes.add(f"{name} er kontrollert mot {kind} {schema.main}.", file=name)
        if schema.is_official and self._beside.get(schema.main, schema.files[schema.main]) != schema.files[schema.main]:
            self.notes.add(f"{schema.main} i pakken er ikke lik det offisielle skjemaet.", file=schema.main)

    def _faults(self, schema: Schema, name: str) -> list[validation.Fault]:
        compiled = validation.compiled(schema.files, schema.main, schema.also)
        return validation.faults(lambda: self.deposit.package.open(name), compiled, most=SHOWN)

    def _schemas(self, name: str) -> list[Schema]:
        beside = self._beside
        if name not in _SCHEMA_OF:
            own = self._own_main_schema(name)
            return [Schema(beside, own, {}, is_official=False)] if own in beside else []
        main = _SCHEMA_OF[name]
        official = self.deposit.schemas.family(published.NOARK5.key)
        also = self._own_metadata(name)
        if {main, _CATALOGUE} <= official.keys() and self._is_version_5(main):
            return [Schema({**beside, **official}, main, also, is_official=True)]
        if {main, _CATALOGUE} <= beside.keys():
            return [Schema(beside, main, also, is_official=False)]
        return []

    def _schemas_of_statement(self) -> list[Schema]:
        official = self.deposit.schemas.family("addml")
        if official and self._is_version_5(_SCHEMA_OF[STRUCTURE]):
            return [Schema(official, name, {}, is_official=True) for name in sorted(official, reverse=True)]
        for name, content in self._beside.items():
            if validation.attributes_of(name, content).get("targetNamespace") == _ADDML:
                return [Schema(self._beside, name, {}, is_official=False)]
        return []

    def _is_version_5(self, main: str) -> bool:
        """By what arkivuttrekk.xml states, else by the schema in the package; with neither it is taken as newest."""
        version = self.deposit.stated.version if self.deposit.stated else ""
        if not version and main in self._beside:
            version = validation.attributes_of(main, self._beside[main]).get("version", "")
        # “5.0”, “v5.0” and “Noark 5 v5.0”: the number that is written last.
        numbers = _VERSION.findall(version)
        return not numbers or int(numbers[-1]) >= _NEWEST

    @cached_property
    def _beside(self) -> dict[str, bytes]:
        """The schema files that lie beside the XML files."""
        found = {}
        for name, size in self.deposit.package.files.items():
            if name.lower().endswith(".xsd") and "/" not in name and size <= _LARGEST_SCHEMA:
                with self.deposit.package.open(name) as content:
                    found[name] = content.read()
        return found

    def _own_main_schema(self, name: str) -> str:
        """The main schema that arkivuttrekk.xml states for a file; empty when it states none."""
        files = list(self.deposit.stated.files()) if self.deposit.stated else []
        about = {file.of_object for file in files if file.name == name and not file.is_schema}
        return next((file.name for file in files if file.is_main_schema and file.of_object in about), "")

    def _own_metadata(self, name: str) -> dict[str, str]:
        """The schemas of the archive's own metadata that arkivuttrekk.xml names for a file, by namespace."""
        found: dict[str, str] = {}
        for file in self.deposit.stated.files() if self.deposit.stated else ():
            if file.is_schema and f"{file.of_object}.xml" == name and file.name in self._beside:
                namespace = validation.attributes_of(file.name, self._beside[file.name]).get("targetNamespace", "")
                if namespace and not namespace.startswith(_STANDARD):
                    found[namespace] = file.name
        return found

    def _missing_schema(self, name: str) -> str:
        """What to do when there is no schema for a file."""
        if not self._is_version_5(_SCHEMA_OF[STRUCTURE]):
            return f"{name} er ikke kontrollert: skjemaet for den eldre versjonen ligger ikke i pakken."
        return (
            f"{name} er ikke kontrollert: skjemaet ligger ikke i pakken, og de offisielle er ikke installert. "
            f"Last dem ned fra {published.NOARK5.published_at} og kjør: torg noark schemas MAPPE"
        )
