"""The build puts the fonts where the typesetter looks, and the template asks for those and no others."""

import re

from devtools import document_fonts
from torg.records.documents import fonts, typesetting


def test_the_fonts_that_the_template_names_are_those_that_are_there():
    named = re.search(r"#let fonts = \((.*?)\n\)", typesetting.TEMPLATE.read_text(), re.DOTALL)

    found = typesetting.found_fonts(tuple(fonts.folders())).families()

    assert named
    assert set(re.findall(r'"([^"]+)"', named.group(1))) == set(found)


def test_each_font_has_its_licence_beside():
    licences = {path.name for path in fonts.FOLDER.glob("*.LICENSE.txt")}

    assert licences == {f"{package}.LICENSE.txt" for package in document_fonts.WEIGHTS}
