"""What people are shown of the findings."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests import factories
from tests.triage import rows
from torg.core.actors import Rule
from torg.detectors import Kind
from torg.triage import commands as triage
from torg.triage import explanations, queries
from torg.triage.models import FindingKind

pytestmark = pytest.mark.django_db
NUMBER = "15108695088"


@pytest.fixture
def branch(at):
    return rows.thread(factories.presence(at=at), at=at)


def read(branch, text, *, at):
    item = rows.item(branch, text, at=at)
    triage.assess(absorbed=rows.absorbed(item), by=Rule("intake", "1"), at=at)
    return item


def test_each_finding_has_a_passage_and_a_sentence(branch, at):
    item = read(branch, "For en idiot. Når åpner dere?", at=at)

    with translation.override("en"):
        found = {finding.kind: finding for finding in queries.reading([item]).findings(item)}

    assert found[Kind.INSULT].sentence == "The word “idiot” is on our list."
    assert item.text[found[Kind.QUESTION].start : found[Kind.QUESTION].end] == "Når åpner dere?"


def test_the_item_says_why_it_is_urgent(branch, at):
    item = read(branch, "Når åpner hallen?", at=at)

    assert [reason.kind for reason, _sentence in queries.reading([item]).reasons(item)] == [Kind.QUESTION]


def test_the_pieces_make_up_the_text_with_the_sensitive_covered(branch, at):
    item = read(branch, f"Hei. Nummeret er {NUMBER}. Når åpner dere?", at=at)

    shown = queries.reading([item]).segments(item)

    assert NUMBER not in "".join(segment.text for segment in shown)
    assert "".join(segment.text for segment in shown) == item.masked_text
    assert [segment.text for segment in shown if segment.marks and not segment.is_covered] == ["Når åpner dere?"]


def test_an_opened_text_is_whole(branch, at):
    item = read(branch, f"Hei. Nummeret er {NUMBER}. Når åpner dere?", at=at)

    assert "".join(segment.text for segment in queries.reading([item]).segments(item, is_opened=True)) == item.text


def test_a_text_that_nobody_has_read_is_covered_whole(branch, at):
    item = rows.item(branch, "Hemmelig", at=at)

    assert [segment.text for segment in queries.reading([item]).segments(item)] == ["•••"]


def test_an_edited_text_is_covered_until_it_is_read_again(branch, at):
    item = read(branch, "Hei", at=at)
    rows.edit(item, f"Nummeret er {NUMBER}", at=at)

    assert [segment.text for segment in queries.reading([item]).segments(item)] == ["•••"]


def test_several_items_take_two_queries(branch, at, django_assert_num_queries):
    items = [read(branch, f"Nummer {NUMBER}, hall {number}?", at=at) for number in range(4)]

    with django_assert_num_queries(2):
        shown = queries.reading(items)

    assert all(NUMBER not in "".join(segment.text for segment in shown.segments(item)) for item in items)


def test_the_part_shows_marks_and_escapes_what_people_write(branch, at):
    item = read(branch, f"<script>alert(1)</script> For en idiot {NUMBER}", at=at)

    read_item = queries.reading([item])
    html = render_to_string(
        "triage/parts/findings.html", {"segments": read_item.segments(item), "found": read_item.findings(item)}
    )

    assert "<script>" not in html
    assert ">idiot</mark>" in html
    assert NUMBER not in html


def test_every_kind_of_finding_has_a_name_for_people():
    assert {kind.value for kind in Kind} == set(FindingKind.values)


def test_an_explanation_of_an_older_version_still_shows():
    with translation.override("en"):
        assert explanations.sentence("gone.since", {}) == "Found by an older version of the detectors."
