"""Looking through a batch, looking again, and opening what is masked."""

import pytest
from django.db import connection

from tests import factories
from tests.triage import rows
from torg import detectors
from torg.audit.models import AuditEvent
from torg.core import ids
from torg.core.actors import Operator, Rule
from torg.core.errors import NotAllowed, NotFound
from torg.dialogue.models import ItemVersion
from torg.dialogue.types import What
from torg.people.types import Role
from torg.registry.models import PresenceKind
from torg.triage import commands as triage
from torg.triage.models import Finding, ItemAssessment

pytestmark = pytest.mark.django_db
INTAKE = Rule("intake", "1")
SHELL = Operator("drift")
NUMBER = "15108695088"
SENSITIVE = f"Fødselsnummeret mitt er {NUMBER}, hva skjer med søknaden min?"


@pytest.fixture
def page(at):
    return factories.presence(at=at)


@pytest.fixture
def branch(page, at):
    return rows.thread(page, at=at)


def assess(*items, at, what=What.NEW):
    return triage.assess(absorbed=rows.absorbed(*items, what=what), by=INTAKE, at=at)


def events(name):
    return AuditEvent.objects.filter(name=name)


def test_a_batch_is_assessed_and_kept(branch, at):
    plain, question = rows.item(branch, "Takk for sist", at=at), rows.item(branch, "Når åpner dere?", at=at)

    found = assess(plain, question, at=at)

    assert (found[plain.id].urgency, found[plain.id].is_question) == (0, False)
    assert found[question.id].is_question and found[question.id].urgency > 0
    kept = ItemAssessment.objects.get(item=question)
    assert (kept.urgency, kept.language) == (found[question.id].urgency, "nb")
    assert Finding.objects.filter(item=question, kind="QUESTION", is_current=True).count() == 1


def test_a_batch_leaves_one_event_with_counts_and_no_text(branch, at):
    assess(rows.item(branch, SENSITIVE, at=at), rows.item(branch, "Hei", at=at), at=at)

    [event] = events("triage.batch.assessed")
    assert event.facts == {"items": 2, "sensitive": 1, "danger": 0}


def test_the_urgency_is_the_sum_of_its_reasons(branch, at):
    item = rows.item(branch, SENSITIVE, at=at)

    found = assess(item, at=at)[item.id]

    assert found.urgency == min(sum(reason.points for reason in found.reasons), 100)
    assert next(reason.kind for reason in found.reasons) == detectors.Kind.NATIONAL_ID


def test_danger_to_life_comes_before_everything(branch, at):
    item = rows.item(branch, "Jeg orker ikke å leve lenger", at=at)

    found = assess(item, at=at)[item.id]

    assert found.is_danger
    assert found.urgency >= 95


def test_a_sensitive_text_is_masked_in_item_and_version_and_search(branch, at):
    item = rows.item(branch, SENSITIVE, at=at)

    assess(item, at=at)

    item.refresh_from_db()
    version = ItemVersion.objects.get(item_id=item.id)
    assert item.masked_text == version.masked_text
    assert NUMBER not in item.masked_text
    assert NUMBER not in version.search
    assert NUMBER in version.search_full


def test_an_edit_that_removes_the_number_still_masks_the_earlier_wording(branch, at):
    item = rows.item(branch, SENSITIVE, at=at)
    rows.edit(item, "Beklager, nå er det borte", at=at)

    assess(item, at=at, what=What.EDITED)

    masked = dict(ItemVersion.objects.filter(item_id=item.id).values_list("number", "masked_text"))
    assert NUMBER not in masked[1]
    assert masked[2] == "Beklager, nå er det borte"


def test_an_edit_replaces_the_findings_and_keeps_the_old_ones_as_past(branch, at):
    item = rows.item(branch, "Når åpner dere?", at=at)
    assess(item, at=at)

    rows.edit(item, "Takk, jeg fant det ut", at=at)
    assess(item, at=at, what=What.EDITED)

    assert not Finding.objects.filter(item=item, kind="QUESTION", is_current=True).exists()
    assert Finding.objects.filter(item=item, kind="QUESTION", is_current=False, version_number=1).exists()
    assert ItemAssessment.objects.get(item=item).version_number == 2


def test_what_has_no_new_text_is_not_read_again(branch, at):
    item = rows.item(branch, "Når åpner dere?", at=at)
    assess(item, at=at)

    assert assess(item, at=at, what=What.REMOVED) == {}
    assert Finding.objects.filter(item=item, kind="QUESTION").count() == 1


def test_our_own_answer_is_masked_but_is_no_question_of_theirs(branch, at):
    item = rows.item(branch, "Kan du ringe oss på 22 22 22 22?", at=at, is_own=True)

    found = assess(item, at=at)[item.id]

    assert (found.urgency, found.is_question) == (0, False)
    assert "22 22" not in found.masked_text


def test_a_delivery_twice_gives_the_same_findings_once(branch, at):
    item = rows.item(branch, "Når åpner dere?", at=at)

    assess(item, at=at)
    assess(item, at=at)

    assert Finding.objects.filter(item=item, kind="QUESTION", is_current=True).count() == 1


def test_a_large_batch_takes_few_queries(branch, at, django_assert_max_num_queries):
    items = [rows.item(branch, f"Når åpner hall {number}?", at=at) for number in range(60)]

    with django_assert_max_num_queries(12):
        assess(*items, at=at)


@pytest.mark.parametrize("text", ["", " ", "\u202eidiot\u202c", "😂" * 3000, "a " * 20_000])
def test_odd_texts_are_taken_in(branch, at, text):
    item = rows.item(branch, text, at=at)

    assess(item, at=at)

    item.refresh_from_db()
    assert item.masked_text is not None


def test_an_empty_batch_is_silent(at):
    assert assess(at=at) == {}
    assert not events("triage.batch.assessed").exists()


def test_newer_detectors_look_again_and_keep_what_the_older_found(branch, at):
    item = rows.item(branch, "Når åpner dere?", at=at)
    assess(item, at=at)
    ItemAssessment.objects.update(detectors_version="older")

    assert triage.rerun(by=SHELL, at=at) == 1
    assert triage.rerun(by=SHELL, at=at) == 0
    assert ItemAssessment.objects.get().detectors_version == detectors.VERSION
    assert Finding.objects.filter(item=item, kind="QUESTION").count() == 2
    assert events("triage.batch.reassessed").count() == 1


def test_a_rerun_masks_what_older_detectors_let_through(branch, at):
    item = rows.item(branch, SENSITIVE, at=at)
    assess(item, at=at)
    ItemVersion.objects.update(masked_text=SENSITIVE)
    ItemAssessment.objects.update(detectors_version="older")

    triage.rerun(by=SHELL, at=at)

    assert NUMBER not in ItemVersion.objects.get(item_id=item.id).masked_text


def test_a_rerun_takes_what_was_never_read_and_at_most_what_is_asked(branch, at):
    for number in range(3):
        rows.item(branch, f"Tekst {number}", at=at)

    assert [triage.rerun(by=SHELL, at=at, limit=2) for _ in range(3)] == [2, 1, 0]


def test_opening_a_masked_text_is_written_to_the_log_with_the_role(page, branch, at):
    item = rows.item(branch, SENSITIVE, at=at)
    administrator = factories.administrator(page, at=at)

    assert triage.open_sensitive(item_id=item.public_id, by=administrator, at=at).text == SENSITIVE

    [event] = events("triage.text.opened")
    assert (event.actor_ref, event.target_id) == (str(administrator.public_id), str(item.public_id))
    assert event.facts == {"role": "PAGE_ADMINISTRATOR"}


def test_who_may_read_but_not_open_is_refused(page, branch, at):
    item = rows.item(branch, SENSITIVE, at=at)
    leader = factories.person()
    factories.role(leader, Role.LEADER, at=at, scope=page.scope)

    with pytest.raises(NotAllowed):
        triage.open_sensitive(item_id=item.public_id, by=leader, at=at)
    assert not events("triage.text.opened").exists()


def test_an_item_of_another_page_is_absent(branch, at):
    item = rows.item(branch, SENSITIVE, at=at)
    stranger = factories.administrator(factories.presence("Kinoen", at=at), at=at)

    for absent in (item.public_id, ids.new()):
        with pytest.raises(NotFound):
            triage.open_sensitive(item_id=absent, by=stranger, at=at)


def test_in_a_secret_group_the_log_holds_no_plain_trace(at):
    secret = factories.presence("Internt", at=at, kind=PresenceKind.SECRET_GROUP)
    item = rows.item(rows.thread(secret, at=at), SENSITIVE, at=at)

    triage.open_sensitive(item_id=item.public_id, by=factories.officer(at=at), at=at)

    assert not AuditEvent.objects.filter(target_id=str(item.public_id)).exists()


def test_the_database_refuses_a_finding_without_a_passage(branch, at):
    item = rows.item(branch, "Når åpner dere?", at=at)
    assess(item, at=at)

    with pytest.raises(Exception, match="finding_has_a_passage"), connection.cursor() as cursor:
        cursor.execute('UPDATE triage_finding SET "end" = start')
