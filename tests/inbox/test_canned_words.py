"""Ready answers show people words in brackets, and keep variables."""

import pytest
from django.utils import translation

from torg.inbox import canned


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_people_read_becomes_what_is_kept_again(language):
    kept = "Hei {{ first_name }}! Vi svarer {{ hours }}. {{ link }} {{ unit }} {{ sender }}"

    with translation.override(language):
        shown = canned.for_people(kept)

    assert "{" not in shown and shown.count("[") == 5
    assert canned.from_people(shown) == kept


def test_brackets_of_ones_own_stay():
    assert canned.from_people("Møt opp [ikke ring] i dag") == "Møt opp [ikke ring] i dag"
