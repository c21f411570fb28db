"""The decision table of the assessment (strategy D2), and what the facts suggest."""

from collections.abc import Collection

from torg.records.codes import SHOW_VALUE, ChannelTreatment, FactCode, Outcome, Question

_F = FactCode
# What makes something a case, whatever the channel's default says.
MAKES_A_CASE = frozenset({_F.DECISION, _F.CASE_WORDS, _F.REMOVED})
# What may be asked for again later, or bind us, without being a case.
SHOWS_VALUE = MAKES_A_CASE | {_F.ANSWERED, _F.PROMISED, _F.DANGER, _F.SENSITIVE}


def outcome_of(answers: Collection[str]) -> Outcome:
    """What the answers with yes mean: neither criterion, one of them, or both.

    What has neither come in nor been sent is no case document of ours; it can have value all the same.
    """
    handled = Question.CASE_HANDLED in answers
    value = not SHOW_VALUE.isdisjoint(answers)
    if handled and value and Question.CASE_DOCUMENT in answers:
        return Outcome.JOURNAL
    return Outcome.ARCHIVE if handled or value else Outcome.NOT_ARCHIVE


def suggested_answers(facts: Collection[str], treatment: ChannelTreatment) -> list[Question]:
    """The answers that the facts speak for; a person accepts or changes them."""
    found = set(facts)
    if _F.OWN_POST in found and treatment != ChannelTreatment.ONE_DOCUMENT:
        return [Question.CASE_DOCUMENT] + ([] if _F.ONLY_LINKS in found else [Question.ONLY_HERE])
    if treatment == ChannelTreatment.ONE_DOCUMENT:
        return [Question.CASE_DOCUMENT, Question.CASE_HANDLED, Question.HAS_VALUE]
    answers = [Question.CASE_DOCUMENT]
    if found & MAKES_A_CASE:
        answers.append(Question.CASE_HANDLED)
    if found & (MAKES_A_CASE if treatment == ChannelTreatment.NEITHER else SHOWS_VALUE):
        answers.append(Question.HAS_VALUE)
    return answers


def suggestion(facts: Collection[str], treatment: ChannelTreatment) -> Outcome:
    """The outcome that the facts speak for; it decides nothing."""
    return outcome_of(suggested_answers(facts, treatment))
