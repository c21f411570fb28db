"""Figures by unit never become figures of persons."""

import pytest

from torg.people.grouping import UnitFigures, by_unit


def unit(name, people, *counts):
    return UnitFigures(name, people, counts or (people,))


@pytest.mark.parametrize(
    ("units", "told"),
    [
        pytest.param([unit("A", 9), unit("B", 5)], [9, 5], id="large units stand alone"),
        pytest.param([unit("A", 9), unit("B", 3), unit("C", 2)], [9, 5], id="small ones are counted together"),
        pytest.param([unit("A", 9), unit("B", 8), unit("C", 2)], [9, 10], id="too few together take the next along"),
        pytest.param([unit("A", 9), unit("C", 2)], [11], id="until nobody can subtract"),
        pytest.param([unit("A", 2), unit("B", 1)], [], id="too few in all are not told of"),
        pytest.param([unit("A", 0, 0), unit("B", 6)], [6], id="a unit without people or figures is left out"),
    ],
)
def test_small_units_are_counted_together(units, told):
    assert [row.people for row in by_unit(units)] == told
    assert all(row.people == row.counts[0] for row in by_unit(units))
