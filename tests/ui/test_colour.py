"""Any colour that a municipality chooses stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torg.ui import colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_text_in_the_municipalitys_colour_can_be_read_on_every_light_surface(chosen):
    shades = colour.light_shades(chosen)

    assert colour.contrast(shades["text-subtle"], "#f3f3f4") >= 4.5
    assert colour.contrast(shades["text-default"], shades["surface-active"]) >= 4.5


@given(COLOURS)
def test_text_in_the_municipalitys_colour_can_be_read_on_every_dark_surface(chosen):
    shades = colour.dark_shades(chosen)

    assert colour.contrast(shades["text-subtle"], "#1e2022") >= 4.5
    assert colour.contrast(shades["text-default"], shades["surface-active"]) >= 4.5


@given(COLOURS)
def test_a_button_can_be_read_also_under_the_pointer_and_stands_out(chosen):
    shades = colour.light_shades(chosen)

    for step in ("base-default", "base-hover", "base-active"):
        assert colour.contrast(shades["base-contrast-default"], shades[step]) >= 4.5
    assert colour.contrast(shades["base-default"], "#ffffff") >= 2.9


def test_a_colour_that_stands_out_is_kept_as_chosen():
    assert colour.light_shades("#7a1f2b")["base-default"] == "#7a1f2b"


@pytest.mark.parametrize("written", ["red", "", "#fff", "#12345g", "#0062ba;}body{display:none"])
def test_what_is_no_colour_gives_the_default(written):
    assert colour.style_sheet(written) == colour.style_sheet(colour.DEFAULT)
