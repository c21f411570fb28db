"""What a case's page says that one cannot do, is what the command would have said."""

import pytest

from torg.core.errors import DomainError
from torg.moderation import commands, policies
from torg.moderation.words import Ground


def said(check):
    try:
        check()
    except DomainError as refusal:
        return refusal.message
    return ""


def told_on_screen(person, case, proposal, at):
    active = {proposal.proposed_by_id, *case.hidings.values_list("hidden_by", flat=True)}
    involved = set(case.involved.values_list("person", flat=True))
    standing = policies.standing_of(person, scope_id=case.scope_id, active=active, involved=involved, at=at)
    return policies.refusals(person, standing, case, proposal, at=at)


def told_by_commands(person, case, proposal, at):
    return {
        "take_part": said(lambda: policies.check_can_take_part(person, scope_id=case.scope_id, at=at)),
        "involved": said(lambda: policies.check_not_involved(person, [case])),
        "taken": said(lambda: policies.check_not_taken(person, case, at=at)),
        "hide": said(lambda: policies.check_can_hide(person, case, Ground.THREAT, at=at)),
        "agree": said(lambda: policies.check_can_agree(person, proposal, [case], at=at)),
        "withdraw": said(lambda: policies.check_is_proposer(person, proposal)),
    }


@pytest.mark.parametrize("proposer", ["administrator", "officer"])
def test_the_screen_refuses_as_the_commands_do(room, at, proposer):
    house = room.house
    proposal = room.proposed(by=getattr(house, proposer))
    case = proposal.targets.get().case
    commands.declare_partial(case_id=case.public_id, by=house.contributor, at=at)
    people = [house.officer, room.deputy, house.administrator, house.contributor, house.case_officer, house.leader]

    for person in [*people, house.stranger]:
        assert told_on_screen(person, case, proposal, at) == told_by_commands(person, case, proposal, at)


def test_the_rights_are_asked_in_one_statement(room, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        policies.standing_of(room.house.officer, scope_id=room.house.scope_id, active=[], involved=[], at=at)
