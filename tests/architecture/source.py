"""The project's own source, as the guards read it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "torg"

ROOMS_FROM_THE_TOP = [
    {"cli"},
    {"config"},
    {"site", "desk", "api"},
    {"insight"},
    {"crisis"},
    {"oversight"},
    {"participation", "guidance"},
    {"publishing", "moderation"},
    {"inbox"},
    {"triage"},
    {"dialogue"},
    {"channels"},
    {"registry"},
    {"media"},
    {"openness"},
    {"records"},
    {"people"},
    {"outbox", "files"},
    {"audit"},
    {"ui"},
    {"core", "connectors", "detectors", "noark"},
]


def height(room: str) -> int:
    """How high a room lies; higher rooms may use lower ones."""
    for depth, rooms in enumerate(ROOMS_FROM_THE_TOP):
        if room in rooms:
            return -depth
    raise LookupError(f"{room} has no place among the layers; see docs/architecture.md")


def modules(pattern: str = "**/*.py") -> Iterator[tuple[Path, ast.Module]]:
    """Each of our modules with its syntax tree."""
    for path in sorted(PACKAGE.glob(pattern)):
        yield path, ast.parse(path.read_text())


def command_modules() -> Iterator[tuple[Path, ast.Module]]:
    """The modules that hold commands: `commands.py`, or the files of a `commands` package."""
    yield from modules("*/commands.py")
    yield from modules("*/commands/*.py")


def templates() -> Iterator[Path]:
    """Each of our templates."""
    yield from sorted(PACKAGE.glob("*/templates/**/*.html"))


def tracked_files() -> list[Path]:
    """Every file that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]
