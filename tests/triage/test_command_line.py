"""`torg triage rerun` as an operator sees it."""

import pytest

from tests import factories
from tests.triage import rows
from torg import detectors
from torg.triage.command_line import main
from torg.triage.models import ItemAssessment

pytestmark = pytest.mark.django_db


def test_all_that_is_outdated_is_read_in_portions(at, capsys):
    branch = rows.thread(factories.presence(at=at), at=at)
    for number in range(3):
        rows.item(branch, f"Tekst {number}", at=at)

    assert main(["rerun", "--at-a-time", "2"]) == 0

    assert ItemAssessment.objects.filter(detectors_version=detectors.VERSION).count() == 3
    assert capsys.readouterr().out.startswith("2 items\n3 items\n")
