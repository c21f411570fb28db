"""The build puts third-party files where our own style sheet and checks look for them."""

import re

from devtools import static_files
from tests.architecture.source import PACKAGE

SHEET = PACKAGE / "ui" / "static" / "ui" / "torg.css"


def test_the_fonts_that_the_style_sheet_names_are_those_that_are_copied():
    named = set(re.findall(r"vendor/inter/(inter-[^\"]+)", SHEET.read_text()))
    copied = {f"inter-{one}-{weight}-normal.woff2" for one in static_files.SUBSETS for weight in static_files.WEIGHTS}

    assert named == copied
