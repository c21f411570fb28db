"""What the last run of every test has shown, for the very code that runs here."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import torg

FILE = Path(__file__).parent / "data" / "test_results.json"
CODE = {".py", ".html", ".toml"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run of every test.

    Args:
        commit: what was checked out.
        ran_at: when the run ended.
        tests: for each clause its tests, each with `passed`, `failed` or `skipped`.
        answered: names of the addresses that answered a person who may open them.
    """

    commit: str
    ran_at: datetime
    tests: Mapping[str, Mapping[str, str]]
    answered: frozenset[str]


def read(path: Path = FILE) -> Evidence | None:
    """The last run; None when there was none, or when the code has changed since."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf-8"))
    if kept["code"] != fingerprint():
        return None
    return Evidence(kept["commit"], datetime.fromisoformat(kept["ran_at"]), kept["tests"], frozenset(kept["answered"]))


def write(evidence: Evidence, path: Path = FILE, *, code: str) -> None:
    """Keep a run of the code with the fingerprint `code`, in place of the one before."""
    kept = {
        "code": code,
        "commit": evidence.commit,
        "ran_at": evidence.ran_at.isoformat(),
        "tests": evidence.tests,
        "answered": sorted(evidence.answered),
    }
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    beside.replace(path)


@cache
def fingerprint() -> str:
    """SHA-256 of all code of the package: the same in a checkout and in what was installed from it."""
    package = Path(torg.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in CODE):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
