"""The official schema files that this installation has: found by their SHA-256, whatever they are called."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from torg.noark.schemas import opening
from torg.noark.schemas.published import PUBLISHED, Published, of_family, of_namespace

_LARGEST = 1 << 22
_BY_DIGEST = {one.sha256: one for one in PUBLISHED}


@dataclass(frozen=True, slots=True)
class Store:
    """The schemas found in a folder, each proved by its SHA-256 when the store was made."""

    paths: Mapping[Published, Path]

    @classmethod
    def of(cls, *folders: Path) -> "Store":
        """What these folders hold, at any depth; a folder that does not exist holds nothing."""
        found: dict[Published, Path] = {}
        for folder in folders:
            for path in schema_files(folder):
                known = _BY_DIGEST.get(digest(path))
                if known is not None:
                    found.setdefault(known, path)
        return cls(found)

    def __contains__(self, schema: Published) -> bool:
        return schema in self.paths

    def content(self, schema: Published) -> bytes:
        """The file's bytes. Raises KeyError when it is not here."""
        return self.paths[schema].read_bytes()

    def family(self, key: str) -> dict[str, bytes]:
        """The bytes of every schema of a family that is here, by file name."""
        return {one.name: self.content(one) for one in of_family(key) if one in self}


@dataclass(slots=True)
class Installation:
    """What became of a folder of schemas: taken in, refused with the reason, or not known at all."""

    installed: list[Published] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)


def folder_of_data(environment: Mapping[str, str]) -> Path:
    """Where the schemas lie in the data folder (`TORG_DATA`, else `var` here, as for every other word)."""
    return Path(environment.get("TORG_DATA", "var")).resolve() / "noark-schemas"


def install(source: Path, target: Path) -> Installation:
    """Copy the official schemas of `source` into `target`, each proved by its SHA-256. Raises OSError."""
    outcome = Installation()
    for path in sorted(schema_files(source)):
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        known = _BY_DIGEST.get(hashlib.sha256(content).hexdigest())
        if known is not None:
            if known not in outcome.installed:
                place(content, target / known.family.key / known.name)
                outcome.installed.append(known)
        elif reason := why_refused(path):
            outcome.refused.append((path, reason))
        else:
            outcome.unknown.append(path)
    return outcome


def why_refused(path: Path) -> str:
    """Why a file that looks like an official schema is not taken; empty when it does not look like one."""
    try:
        with path.open("rb") as file:
            attributes = opening.root_of(file).attributes
    except opening.Unreadable as problem:
        return problem.text
    alike = of_namespace(attributes.get("targetNamespace", ""))
    if not alike:
        return ""
    expected = " eller ".join(f"{one.title} ({one.sha256[:12]}…)" for one in alike)
    return f"Innholdet er endret, eller det er en annen utgave enn {expected}; den har SHA-256 {digest(path)[:12]}…."


def place(content: bytes, path: Path) -> None:
    """Write a file so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def schema_files(folder: Path) -> Iterator[Path]:
    """Every .xsd file under a folder; symbolic links to folders are not followed."""
    for place_, _folders, names in os.walk(folder):
        yield from (Path(place_, name) for name in sorted(names) if name.lower().endswith(".xsd"))


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes; empty for what cannot be a schema: unreadable, no file, or far too large."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
