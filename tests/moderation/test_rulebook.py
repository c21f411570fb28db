"""The rulebook: drafts, versions by day, and what the database refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from tests.inbox.conftest import LONG_AGO
from tests.moderation.conftest import SET_UP, audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.core.ids import new
from torg.detectors.types import SENSITIVE, SUGGESTS_A_BREACH
from torg.moderation import commands, default_rulebook, queries
from torg.moderation.models import Rule, RuleVersion
from torg.moderation.types import LANGUAGES, Basis, RuleDraft, Severity, Wording

DAY = timedelta(days=1)
OURS = RuleDraft(
    wordings={
        language: Wording(title=f"Hunder {language}", text=f"Hunder i bånd {language}.") for language in LANGUAGES
    },
    basis=Basis.HOUSE,
    severity=Severity.MILD,
)


@pytest.fixture
def draft(house, at):
    return commands.draft_rule(draft=OURS, by=house.officer, at=at)


def test_the_default_rulebook_is_complete_in_every_language():
    for rule in default_rulebook.rules():
        for language in LANGUAGES:
            wording = rule.draft.wordings[language]
            assert wording.title and wording.text, f"{rule.code} in {language}"
            assert bool(wording.law) == (rule.draft.basis == Basis.LAW), f"{rule.code} in {language}"


@pytest.mark.strategy("F1")
def test_the_default_rulebook_asks_to_keep_to_the_subject():
    assert "topic" in {rule.code for rule in default_rulebook.rules()}


@pytest.mark.strategy("F4")
def test_the_default_rulebook_says_that_the_writer_is_responsible():
    assert "responsibility" in {rule.code for rule in default_rulebook.rules()}


@pytest.mark.strategy("F2")
def test_everything_that_suggests_a_breach_or_is_sensitive_has_its_rule():
    kinds = [kind for rule in default_rulebook.rules() for kind in rule.finding_kinds]

    assert len(kinds) == len(set(kinds))
    assert set(kinds) >= SUGGESTS_A_BREACH | SENSITIVE


def test_the_default_rulebook_is_adopted_once(rulebook, at):
    again = commands.adopt_default_rulebook(by=SET_UP, at=at)

    assert again == []
    assert audited("moderation.rulebook.adopted") == 1
    assert len(queries.rules_in_force(at)) == len(rulebook) == 13


def test_a_draft_holds_for_nobody(draft, at):
    assert queries.version_in_force(draft.rule, at=at + DAY) is None
    assert audited("moderation.rule.drafted") == 1


@pytest.mark.strategy("F9")
def test_a_published_rule_holds_from_its_day_on(house, draft, at):
    commands.publish_rule(rule_id=draft.rule.public_id, valid_from=at + DAY, by=house.officer, at=at)

    assert queries.version_in_force(draft.rule, at=at) is None
    assert queries.version_in_force(draft.rule, at=at + DAY) == draft
    assert audited("moderation.rule.published") == 1


@pytest.mark.strategy("B5")
def test_what_was_written_before_keeps_the_wording_that_held_then(house, rulebook, at):
    respect = rulebook["respect"]
    first = queries.version_in_force(respect, at=at)
    reword(respect, house.officer, at)

    second = commands.publish_rule(rule_id=respect.public_id, valid_from=at + DAY, by=house.officer, at=at)

    assert queries.version_in_force(respect, at=at) == first
    assert queries.version_in_force(respect, at=at + 2 * DAY) == second
    assert (first.number, second.number) == (1, 2)


def reword(rule, by, at, **wording):
    draft = commands.draft_version(rule_id=rule.public_id, by=by, at=at).as_draft()
    bokmaal = replace(draft.wordings["nb"], **({"title": "Vær grei"} | wording))
    changed = replace(draft, wordings=draft.wordings | {"nb": bokmaal})
    return commands.edit_draft(rule_id=rule.public_id, draft=changed, by=by, at=at)


def test_the_next_version_begins_from_what_the_rule_says(house, rulebook, at):
    draft = commands.draft_version(rule_id=rulebook["topic"].public_id, by=house.officer, at=at)

    again = commands.draft_version(rule_id=rulebook["topic"].public_id, by=house.officer, at=at)

    assert draft.as_draft() == queries.version_in_force(rulebook["topic"], at=at).as_draft()
    assert again == draft


def test_a_rule_that_lacks_a_language_is_not_published(house, at):
    half = RuleDraft({"nb": Wording("Hunder", "Hold dem i bånd.")}, Basis.HOUSE, Severity.MILD)
    draft = commands.draft_rule(draft=half, by=house.officer, at=at)

    with pytest.raises(Invalid):
        commands.publish_rule(rule_id=draft.rule.public_id, by=house.officer, at=at)


def test_a_rule_does_not_begin_in_the_past_nor_before_one_that_is_set_to_begin(house, draft, at):
    with pytest.raises(Invalid):
        commands.publish_rule(rule_id=draft.rule.public_id, valid_from=at - DAY, by=house.officer, at=at)
    commands.publish_rule(rule_id=draft.rule.public_id, valid_from=at + 2 * DAY, by=house.officer, at=at)
    reword(draft.rule, house.officer, at)

    with pytest.raises(Invalid):
        commands.publish_rule(rule_id=draft.rule.public_id, valid_from=at + DAY, by=house.officer, at=at)


def test_a_withdrawn_rule_held_until_then(house, rulebook, at):
    links = rulebook["links"]

    commands.withdraw_rule(rule_id=links.public_id, by=house.officer, at=at)

    assert queries.version_in_force(links, at=at - DAY) is not None
    assert queries.version_in_force(links, at=at) is None
    assert audited("moderation.rule.withdrawn") == 1


def test_withdrawing_takes_what_was_to_begin_along(house, rulebook, at):
    links = rulebook["links"]
    reword(links, house.officer, at)
    commands.publish_rule(rule_id=links.public_id, valid_from=at + DAY, by=house.officer, at=at)

    commands.withdraw_rule(rule_id=links.public_id, by=house.officer, at=at)

    assert queries.version_in_force(links, at=at) is None
    assert queries.version_in_force(links, at=at + 2 * DAY) is None


def test_a_rule_is_withdrawn_once(house, rulebook, at):
    commands.withdraw_rule(rule_id=rulebook["links"].public_id, by=house.officer, at=at)

    with pytest.raises(InvalidTransition):
        commands.withdraw_rule(rule_id=rulebook["links"].public_id, by=house.officer, at=at + DAY)


def test_a_withdrawn_rule_can_come_back(house, rulebook, at):
    links = rulebook["links"]
    commands.withdraw_rule(rule_id=links.public_id, by=house.officer, at=at)
    commands.draft_version(rule_id=links.public_id, by=house.officer, at=at)

    back = commands.publish_rule(rule_id=links.public_id, by=house.officer, at=at + DAY)

    assert queries.version_in_force(links, at=at + DAY) == back


def test_a_rule_that_was_only_a_draft_goes_with_it(house, draft, at):
    commands.discard_draft(rule_id=draft.rule.public_id, by=house.officer, at=at)

    assert not Rule.objects.exists()
    assert audited("moderation.rule.draft_discarded") == 1


def test_without_a_draft_there_is_nothing_to_edit_discard_or_publish(house, rulebook, at):
    given = {"rule_id": rulebook["topic"].public_id, "by": house.officer, "at": at}

    for act in (commands.publish_rule, commands.discard_draft):
        with pytest.raises(InvalidTransition):
            act(**given)
    with pytest.raises(InvalidTransition):
        commands.edit_draft(draft=OURS, **given)


def test_only_those_who_keep_the_rules_word_them(house, draft, at):
    given = {"rule_id": draft.rule.public_id, "at": at}

    for person in (house.administrator, house.case_officer, house.leader, house.stranger):
        for act in (commands.publish_rule, commands.withdraw_rule, commands.discard_draft, commands.draft_version):
            with pytest.raises(NotAllowed):
                act(by=person, **given)
        with pytest.raises(NotAllowed):
            commands.draft_rule(draft=OURS, by=person, at=at)
        with pytest.raises(NotAllowed):
            commands.edit_draft(draft=OURS, by=person, **given)
        with pytest.raises(NotAllowed):
            commands.adopt_default_rulebook(by=person, at=at)


def test_a_rule_that_does_not_exist_is_absent(house, at):
    with pytest.raises(NotFound):
        commands.draft_version(rule_id=new(), by=house.officer, at=at)


@pytest.mark.strategy("F9")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_ruleversion SET text_nb = 'Alt er forbudt'",
        "UPDATE moderation_ruleversion SET valid_from = '2020-01-01'",
        "UPDATE moderation_ruleversion SET state = 'DRAFT', published_at = NULL, valid_from = NULL",
        "DELETE FROM moderation_ruleversion",
        "TRUNCATE moderation_ruleversion CASCADE",
        "UPDATE moderation_rule SET number = number + 100",
    ],
)
def test_the_database_keeps_what_was_published(rulebook, statement):
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_rule_is_not_withdrawn_again_by_the_database(house, rulebook, at):
    commands.withdraw_rule(rule_id=rulebook["links"].public_id, by=house.officer, at=at)
    ended = RuleVersion.objects.filter(rule=rulebook["links"])

    with pytest.raises(ProgrammingError), transaction.atomic():
        ended.update(ended_at=None)


@pytest.mark.strategy("F9")
def test_the_change_log_tells_what_began_and_what_ended(house, rulebook, at):
    reword(rulebook["topic"], house.officer, at)
    commands.publish_rule(rule_id=rulebook["topic"].public_id, valid_from=at + DAY, by=house.officer, at=at)
    commands.withdraw_rule(rule_id=rulebook["links"].public_id, by=house.officer, at=at)

    changes = queries.change_log(at=at)

    assert [(one.at, one.is_withdrawal) for one in changes[:3]] == [(at + DAY, False), (at, True), (LONG_AGO, False)]
    assert changes[0].before.number == 1


def test_a_finding_points_to_the_rule_it_can_touch(rulebook, at):
    touched = queries.rules_touched_by(["THREAT", "HEALTH", "QUESTION"], at=at)

    assert {kind: version.rule.code for kind, version in touched.items()} == {"THREAT": "threats", "HEALTH": "privacy"}


def test_the_staffs_list_takes_few_questions(rulebook, at, django_assert_num_queries):
    with django_assert_num_queries(2):
        lines = queries.rulebook(at=at)

    assert [line.rule.number for line in lines] == list(range(1, 14))
