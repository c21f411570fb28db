"""Nothing is left unassessed, and a person or a switched-on rule decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.records import samples, source
from tests.records.conftest import GATHERER
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.people.types import Role
from torg.records import commands, judging
from torg.records.codes import ChannelTreatment, Outcome
from torg.records.models import Assessment, AssessmentRule, ChannelDefault

BOTH = ("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE")


@pytest.mark.strategy("D2")
@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((), Outcome.NOT_ARCHIVE),
        (("CASE_DOCUMENT",), Outcome.NOT_ARCHIVE),
        (("CASE_DOCUMENT", "CASE_HANDLED"), Outcome.ARCHIVE),
        (("CASE_DOCUMENT", "HAS_VALUE"), Outcome.ARCHIVE),
        (("CLAIM",), Outcome.ARCHIVE),
        (BOTH, Outcome.JOURNAL),
        (("CASE_DOCUMENT", "CASE_HANDLED", "PUBLIC_INTEREST"), Outcome.JOURNAL),
        (("CASE_HANDLED", "HAS_VALUE"), Outcome.ARCHIVE),
    ],
)
def test_one_criterion_is_archive_and_both_are_journaled(answers, outcome):
    assert judging.outcome_of(answers) == outcome


@pytest.mark.parametrize(
    ("facts", "treatment", "outcome"),
    [
        (("NOTHING_ASKED",), ChannelTreatment.LIKE_EMAIL, Outcome.NOT_ARCHIVE),
        (("ASKED", "ANSWERED"), ChannelTreatment.LIKE_EMAIL, Outcome.ARCHIVE),
        (("ASKED", "CASE_WORDS"), ChannelTreatment.LIKE_EMAIL, Outcome.JOURNAL),
        (("ASKED", "ANSWERED"), ChannelTreatment.NEITHER, Outcome.NOT_ARCHIVE),
        (("DECISION",), ChannelTreatment.NEITHER, Outcome.JOURNAL),
        ((), ChannelTreatment.ONE_DOCUMENT, Outcome.JOURNAL),
        (("OWN_POST",), ChannelTreatment.LIKE_EMAIL, Outcome.ARCHIVE),
        (("OWN_POST", "ONLY_LINKS"), ChannelTreatment.LIKE_EMAIL, Outcome.NOT_ARCHIVE),
    ],
)
def test_the_facts_and_the_channel_suggest_an_outcome(facts, treatment, outcome):
    assert judging.suggestion(facts, treatment) == outcome


@pytest.mark.strategy("D1")
def test_what_is_new_gets_an_assessment_with_a_deadline(archive):
    found = archive.gathered("ASKED", "CASE_WORDS")

    assert found.state == "OPEN"
    assert found.suggested == Outcome.JOURNAL
    assert found.due_at - archive.at == timedelta(days=7)
    assert AuditEvent.objects.filter(name="records.assessment.gathered").count() == 1


def test_gathering_again_changes_nothing(archive):
    archive.gathered("ASKED")

    steps = commands.gather(kind="dialogue.thread", limit=10, by=GATHERER, at=archive.at)

    assert steps == 0
    assert Assessment.objects.count() == 1


@pytest.mark.strategy("D2")
def test_a_person_decides_with_the_provision_in_force(archive):
    found = archive.decided(*BOTH)

    assert (found.outcome, found.decided_by) == (Outcome.JOURNAL, archive.archivist)
    assert found.reference.code == "arkivforskriften-2025-14-1"
    assert AuditEvent.objects.get(name="records.assessment.decided").facts == {"outcome": "JOURNAL"}


@pytest.mark.strategy("D2")
def test_before_2026_the_older_rules_are_cited(archive):
    found = archive.gathered("ASKED")

    commands.assess(
        assessment_id=found.public_id, answers=BOTH, by=archive.archivist, at=archive.at - timedelta(days=90)
    )

    found.refresh_from_db()
    assert found.reference.code == "arkivforskriften-2017-9"


@pytest.mark.strategy("D5")
def test_another_outcome_than_the_answers_give_needs_a_reason(archive):
    found = archive.gathered("ASKED")
    wanted = {"assessment_id": found.public_id, "answers": BOTH, "outcome": "NOT_ARCHIVE", "by": archive.archivist}

    with pytest.raises(Invalid):
        commands.assess(**wanted, at=archive.at)

    assert commands.assess(**wanted, because="Samme spørsmål som i går", at=archive.at).outcome == Outcome.NOT_ARCHIVE


def test_assessing_twice_is_refused(archive):
    found = archive.decided(*BOTH)

    with pytest.raises(InvalidTransition):
        commands.assess(assessment_id=found.public_id, answers=(), by=archive.archivist, at=archive.at)


def test_a_decided_assessment_cannot_be_rewritten_in_the_database(archive):
    found = archive.decided(*BOTH)

    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=found.pk).update(outcome=Outcome.NOT_ARCHIVE)


def test_someone_who_only_reads_does_not_assess(archive):
    found = archive.gathered("ASKED")
    leader = factories.person("Leif Leder")
    factories.role(leader, Role.LEADER, at=archive.at)

    with pytest.raises(NotAllowed):
        commands.assess(assessment_id=found.public_id, answers=BOTH, by=leader, at=archive.at)


def test_out_of_sight_is_absent(archive):
    found = archive.gathered("ASKED")
    stranger = factories.person("Frida Fremmed")

    with pytest.raises(NotFound):
        commands.assess(assessment_id=found.public_id, answers=BOTH, by=stranger, at=archive.at)


def test_a_rule_cannot_pass_for_a_person(archive):
    found = archive.gathered("ASKED")

    with pytest.raises(NotAllowed):
        commands.assess(assessment_id=found.public_id, answers=BOTH, by=Rule("x", "1"), at=archive.at)


def test_something_new_after_the_decision_is_assessed_again(archive):
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)
    first = archive.told(said, "ASKED")
    commands.assess(assessment_id=first.public_id, answers=(), by=archive.archivist, at=archive.at)

    second = archive.told(said, "ASKED", "CASE_WORDS", mark=2)

    first.refresh_from_db()
    assert (first.state, second.state) == ("SUPERSEDED", "OPEN")
    assert second.suggested == Outcome.JOURNAL


def test_something_new_before_the_decision_changes_the_suggestion_and_not_the_deadline(archive):
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)
    first = archive.told(said, "NOTHING_ASKED")

    second = archive.told(said, "DECISION", mark=2)

    assert second.pk == first.pk
    assert (second.suggested, second.due_at) == (Outcome.JOURNAL, first.due_at)


@pytest.mark.strategy("D1")
def test_what_the_mark_passed_by_is_found_at_night(archive):
    archive.gathered("ASKED")
    source.tell(samples.snapshot(at=archive.at, scope_id=archive.scope.id), mark=0)

    found = commands.gather_overlooked(kind="dialogue.thread", limit=10, by=GATHERER, at=archive.at)

    assert found == 1
    assert Assessment.objects.filter(state="OPEN").count() == 2


@pytest.mark.strategy("D1")
def test_a_rule_decides_only_once_a_person_has_switched_it_on(archive):
    waiting = archive.gathered("NOTHING_ASKED")
    rule = AssessmentRule.objects.get(name="no-question-no-answer")

    commands.switch_rule_on(rule_id=rule.public_id, by=archive.archivist, at=archive.at)
    commands.apply_rules(limit=10, after=0, by=GATHERER, at=archive.at)

    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.decided_by_rule, waiting.decided_by) == (Outcome.NOT_ARCHIVE, rule, None)
    event = AuditEvent.objects.get(name="records.assessment.decided")
    assert (event.actor_kind, event.actor_ref) == ("rule", "records.no-question-no-answer@1")


def test_a_rule_stops_where_there_may_be_a_case(archive):
    rule = AssessmentRule.objects.get(name="no-question-no-answer")
    commands.switch_rule_on(rule_id=rule.public_id, by=archive.archivist, at=archive.at)

    waiting = archive.gathered("NOTHING_ASKED", "SENSITIVE")

    assert waiting.state == "OPEN"


def test_a_rule_is_switched_off_again(archive):
    rule = AssessmentRule.objects.get(name="short-public-exchange")
    commands.switch_rule_on(rule_id=rule.public_id, by=archive.archivist, at=archive.at)
    commands.switch_rule_off(rule_id=rule.public_id, by=archive.archivist, at=archive.at)

    with pytest.raises(InvalidTransition):
        commands.switch_rule_off(rule_id=rule.public_id, by=archive.archivist, at=archive.at)


def test_no_rule_can_journal(archive):
    with pytest.raises(DatabaseError), transaction.atomic():
        AssessmentRule.objects.update(outcome=Outcome.JOURNAL)


def test_an_archivist_of_one_page_does_not_decide_for_all(archive):
    other = factories.person("Anne Arkiv")
    factories.role(other, Role.ARCHIVIST, at=archive.at, scope=archive.scope)
    rule = AssessmentRule.objects.get(name="short-public-exchange")

    with pytest.raises(NotAllowed):
        commands.switch_rule_on(rule_id=rule.public_id, by=other, at=archive.at)


@pytest.mark.strategy("D5")
def test_how_a_channel_is_treated_can_be_changed(archive):
    commands.change_channel(
        channel="x", treatment=ChannelTreatment.LIKE_EMAIL, days=2, by=archive.archivist, at=archive.at
    )
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)

    found = archive.told(replace(said, channel="x"), "ASKED", "ANSWERED")

    assert ChannelDefault.objects.get(channel="x").changed_by == archive.archivist
    assert (found.suggested, found.due_at) == (Outcome.ARCHIVE, archive.at + timedelta(days=2))
