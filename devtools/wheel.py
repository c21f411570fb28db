"""Hatchling's hook: a wheel is never built without its static files and translations."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

EDITABLE = "editable"


class BuiltFiles(BuildHookInterface[Any]):
    """Makes what is not committed. Raises SystemExit when it cannot be made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by Hatchling before it gathers files."""
        maker = Path(self.root) / "devtools" / "environment.py"
        if version != EDITABLE and subprocess.run([sys.executable, maker], check=False).returncode:
            raise SystemExit("The static files and translations could not be made; nothing is built.")
