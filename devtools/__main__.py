"""The developer's words: each runs one thing and ends with its exit status."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from devtools import checks, chromium, generated_docs, sizes

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
WORKERS = "2"


def test(arguments: list[str]) -> int:
    """`check`, then every test, those in the browser too; with a path or options: only those tests."""
    if arguments:
        return pytest(arguments)
    return checks.run() or pytest(["-n", WORKERS, "--dist", "worksteal"])


def pytest(arguments: list[str]) -> int:
    """Run tests, with a browser when some of them may drive one."""
    environment = dict(os.environ)
    if drives_browser(arguments):
        environment["TORG_CHROMIUM"] = chromium.find_or_install()
    return subprocess.run([PYTHON, "-m", "pytest", *arguments], env=environment, check=False).returncode


def drives_browser(arguments: list[str]) -> bool:
    """Whether pytest's arguments reach the tests in the browser; paths that name other rooms only do not."""
    paths = [Path(one.split("::")[0]) for one in arguments if one.startswith("tests/")]
    return not paths or any(len(path.parts) < 2 or path.parts[1] == "journeys" for path in paths)


def check(arguments: list[str]) -> int:
    """Format, lint, types, layers, migrations, generated documents, translations."""
    return checks.run()


def fix(arguments: list[str]) -> int:
    """Mend what a tool can mend: format, imports, templates, generated documents."""
    return checks.fix() or generated_docs.write()


def journeys(arguments: list[str]) -> int:
    """Whole tasks in a real browser."""
    return pytest(["tests/journeys", "-m", "journey", *arguments])


def peers(arguments: list[str]) -> int:
    """Tests against real servers of others, where they are installed."""
    return pytest(["tests/peers", *arguments])


def bench(arguments: list[str]) -> int:
    """Measure against a limit found in the same run: one by name, or all."""
    names = arguments[:1] or benchmarks()
    return max((bench_one(name, arguments[1:]) for name in names), default=0)


def benchmarks() -> list[str]:
    """The files of `benchmarks/` that can be run; the others are what these share."""
    return sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py") if "__main__" in path.read_text())


def bench_one(name: str, options: list[str]) -> int:
    """Run one of `benchmarks/`: as a module, since as a script `queue.py` would stand in the library's place."""
    if name not in benchmarks():
        sys.stderr.write(f"There is no benchmark “{name}”. There are: {', '.join(benchmarks())}.\n")
        return 2
    return subprocess.run([PYTHON, "-m", f"benchmarks.{name}", *options], check=False, cwd=ROOT).returncode


def docs(arguments: list[str]) -> int:
    """Write `docs/generated/` anew."""
    return generated_docs.write()


def largest(arguments: list[str]) -> int:
    """The ten largest files, functions, templates and tests."""
    return sizes.show()


def messages(arguments: list[str]) -> int:
    """Gather texts from code and templates into the translation files."""
    return subprocess.run([PYTHON, "-m", "devtools.translations", "update", *arguments], check=False).returncode


WORDS: dict[str, Callable[[list[str]], int]] = {
    "test": test,
    "check": check,
    "fix": fix,
    "journeys": journeys,
    "peers": peers,
    "bench": bench,
    "docs": docs,
    "sizes": largest,
    "messages": messages,
}


def main() -> int:
    """Run the word given."""
    word = WORDS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if word is None:
        for name, function in WORDS.items():
            sys.stdout.write(f"  ./torg {name:<9} {(function.__doc__ or '').splitlines()[0]}\n")
        return 0
    return word(sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
