"""Makes `.venv`, the static files and the translations. Standard library only: it runs before anything is installed."""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

sys.path.insert(0, str(ROOT))

from devtools import static_files  # noqa: E402 — the folder above must be on the path first


class SetUpProblem(Exception):
    """The environment cannot be made; the text says the one thing to do."""


def main() -> int:
    """Make what is missing or out of date; returns the exit status."""
    try:
        with alone():
            make_environment()
            static_files.build(VENV, run, say)
            compile_translations()
    except SetUpProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


@contextmanager
def alone() -> Iterator[None]:
    """Two starts at once: the second waits, and then finds everything made."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "environment.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is making the environment; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """The virtual environment with the locked set, if the stamp does not say that it is there."""
    wanted = hashlib.sha256(LOCK.read_bytes() + platform.python_version().encode() + str(VENV).encode()).hexdigest()
    stamp = VENV / ".torg-stamp"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    say("Making the Python environment …")
    if not works(PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
        make_venv()
    install_locked()
    stamp.write_text(wanted)


def install_locked() -> None:
    """Exactly the locked set: by uv, which is quick, else by pip, which reads what an organisation has set for pip."""
    wanted = ["install", "--require-hashes", "-r", str(LOCK)]
    try:
        run([*installer(), *wanted])
    except SetUpProblem:
        if not (VENV / "bin" / "pip").exists():
            raise
        say("uv could not fetch everything; trying with pip, which takes some minutes …")
        run([str(PYTHON), "-m", "pip", *wanted, "--quiet", "--disable-pip-version-check"])


def works(python: Path) -> bool:
    """Whether an earlier environment still runs: its Python may have been upgraded away."""
    return (
        python.exists()
        and subprocess.run([python, "-c", "import sys"], capture_output=True, check=False).returncode == 0
    )


def make_venv() -> None:
    """An empty virtual environment. Debian keeps what it needs in a package of its own."""
    if uv := shutil.which("uv"):
        run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
        return
    if not has_ensurepip():
        install_debian_package(f"python3.{sys.version_info.minor}-venv", what="Python's venv module")
    run([sys.executable, "-m", "venv", str(VENV)])


def has_ensurepip() -> bool:
    """Whether this Python can put pip into a new environment."""
    code = "import ensurepip, venv"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def installer() -> list[str]:
    """The command before `install`: uv from the system, else uv from PyPI in the environment."""
    if uv := shutil.which("uv"):
        return [uv, "pip"]
    own = VENV / "bin" / "uv"
    if not own.exists():
        run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    return [str(own), "pip"]


def compile_translations() -> None:
    """`.mo` beside every `.po` that is newer."""
    stale = [po for po in ROOT.glob("src/torg/*/locale/*/LC_MESSAGES/*.po") if is_older(po.with_suffix(".mo"), po)]
    for po in stale:
        pybabel = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
        run([*pybabel, "-l", po.parents[1].name, "-i", str(po), "-o", str(po.with_suffix(".mo"))])


def is_older(made: Path, source: Path) -> bool:
    """Whether `made` is absent or older than `source`."""
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def install_debian_package(package: str, *, what: str) -> None:
    """Install a package of the operating system when we may, and say so. Raises SetUpProblem with the one command."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetUpProblem(f"{what} is missing. Install it with: sudo apt-get install {package}")
    say(f"Installing {what} (Debian package {package}) …")
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", package])


def run(command: list[str]) -> None:
    """Run a command quietly. Raises SetUpProblem with its last words when it fails."""
    environment = {**certificates(), **caches(), **os.environ, "VIRTUAL_ENV": str(VENV)}
    environment["DEBIAN_FRONTEND"] = "noninteractive"
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetUpProblem(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr).strip()[-3000:]}")


def certificates() -> dict[str, str]:
    """For uv and node, which bring their own list: the system's, where an organisation's own authority stands too."""
    if not SYSTEM_CERTIFICATES.exists():
        return {}
    return {"SSL_CERT_FILE": str(SYSTEM_CERTIFICATES), "NODE_EXTRA_CA_CERTS": str(SYSTEM_CERTIFICATES)}


def caches() -> dict[str, str]:
    """Where uv and npm keep what they fetch, when the home folder is not ours to write in (service accounts)."""
    if os.access(Path.home(), os.W_OK):
        return {}
    folder = ROOT / "var" / "cache"
    return {"UV_CACHE_DIR": str(folder / "uv"), "NPM_CONFIG_CACHE": str(folder / "npm")}


def say(text: str) -> None:
    """Tell the person at the terminal; not on standard output, which belongs to the word."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    raise SystemExit(main())
