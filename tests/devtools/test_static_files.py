"""What the build copies is what the pages ask for."""

import re

from devtools import static_files
from torg.config import checks

OURS = static_files.VENDOR.parent / "ui"


def built() -> set[str]:
    fonts = {
        f"inter/inter-{one}-{weight}-normal.woff2" for one in static_files.SUBSETS for weight in static_files.WEIGHTS
    }
    return {*static_files.COPIED.values(), *fonts}


def test_every_font_that_the_style_sheet_names_is_built_and_no_other():
    named = set(re.findall(r'url\("\.\./vendor/([^"]+)"\)', (OURS / "torg.css").read_text()))

    assert named == {name for name in built() if name.endswith(".woff2")}


def test_what_a_start_demands_is_built():
    assert built() >= set(checks.NEEDED)
