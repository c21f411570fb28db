"""Finds the browser that the tests drive, or installs Debian's."""

import os
import shutil
import sys
from pathlib import Path

from devtools import environment

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_or_install() -> str:
    """Where the browser is. Ends the program with the one command to run when it cannot be had."""
    if (found := find()) is not None:
        return found
    try:
        environment.install_debian_package("chromium", what="Chromium (for the tests in the browser)")
    except environment.SetUpProblem as problem:
        sys.exit(str(problem))
    return find() or sys.exit("Chromium was installed but is not on the PATH; set TORG_CHROMIUM to where it is.")


def find() -> str | None:
    """`TORG_CHROMIUM`, the PATH, or one that Playwright has fetched."""
    if configured := os.environ.get("TORG_CHROMIUM"):
        return configured
    for name in NAMES:
        if found := shutil.which(name):
            return found
    fetched = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return str(fetched[-1]) if fetched else None
