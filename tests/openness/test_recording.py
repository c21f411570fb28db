"""A complaint over access is journaled, with the request and the answers; a request by itself is not."""

import pytest

from tests.openness.conftest import PROPOSER
from tests.openness.test_requests import REFUSED, WANTED
from torg.core.errors import NotFound
from torg.openness import commands, recording
from torg.records import commands as records
from torg.records.models import Assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(journal):
    row = journal.published()
    return commands.ask(public_entry_id=row.public_id, wanted=WANTED, by=PROPOSER, at=journal.at)[0]


def refuse_and_complain(journal, request):
    commands.decide(request_id=request.public_id, answer=REFUSED, by=journal.by, at=journal.at)
    commands.complain(request_id=request.public_id, text="Jeg er uenig.", by=PROPOSER, at=journal.at)


def test_a_request_by_itself_is_nothing_to_assess(journal, request_):
    assert recording.facts(request_.public_id, at=journal.at) is None
    assert recording.changed(after=0, limit=10).subjects == []
    with pytest.raises(NotFound):
        recording.snapshot(request_.public_id, at=journal.at)


def test_a_complaint_is_gathered_for_assessment_with_all_that_was_said(journal, request_, settings):
    settings.RECORD_SOURCES = {recording.KIND: "torg.openness.recording"}
    refuse_and_complain(journal, request_)

    records.gather(kind=recording.KIND, limit=10, by=PROPOSER, at=journal.at)

    found = Assessment.objects.get(subject_kind=recording.KIND)
    said = recording.snapshot(found.subject_id, at=journal.at).items
    assert recording.overlooked(limit=10) == []
    assert [item.kind for item in said] == ["message", "letter", "message"]
    assert "Jeg er uenig." in said[-1].versions[0].text
