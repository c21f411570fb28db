"""What `./torg check` runs: every tool that can say no without running a test."""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ["src", "tests", "devtools", "benchmarks"]
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "torg.config.settings.test"}


def run() -> int:
    """Run all, show the words of those that refuse; 0 when none does."""
    refused = [name for name, command in commands().items() if not passes(name, command)]
    return 1 if refused else 0


def commands() -> dict[str, list[str]]:
    """Each check with the command that makes it, the quick ones first."""
    python = sys.executable
    made = {
        "format": [python, "-m", "ruff", "format", "--check", *existing(CODE)],
        "lint": [python, "-m", "ruff", "check", *existing(CODE)],
        "templates": [python, "-m", "djhtml", "--check", "--tabwidth", "2", *templates()],
        "layers": [str(BIN / "lint-imports"), "--no-cache"],
        "types": [python, "-m", "mypy"],
        "migrations": [python, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "generated documents": [python, "-m", "devtools.generated_docs", "--check"],
    }
    if importlib.util.find_spec("devtools.translations"):
        made["translations"] = [python, "-m", "devtools.translations", "check"]
    return made


def fix() -> int:
    """Let the tools mend what they can."""
    python = sys.executable
    mended = [
        [python, "-m", "ruff", "check", "--fix-only", "--quiet", *existing(CODE)],
        [python, "-m", "ruff", "format", "--quiet", *existing(CODE)],
    ]
    if templates():
        mended.append([python, "-m", "djhtml", "--tabwidth", "2", *templates()])
    for command in mended:
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check and say how it went."""
    began = time.monotonic()
    environment = {**os.environ, **TEST_SETTINGS}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    mark = "✗" if done.returncode else "✓"
    sys.stdout.write(f"{mark} {name} ({time.monotonic() - began:.1f} s)\n")
    if done.returncode:
        sys.stdout.write(f"{(done.stdout + done.stderr).strip()}\n\n")
    sys.stdout.flush()
    return not done.returncode


def existing(folders: list[str]) -> list[str]:
    """Those of the folders that are there."""
    return [folder for folder in folders if (ROOT / folder).exists()]


def templates() -> list[str]:
    """Every template of ours."""
    return [str(path) for path in sorted((ROOT / "src").glob("torg/*/templates/**/*.html"))]
