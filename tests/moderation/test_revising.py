"""A proposal that waits is changed in versions: what is agreed to is what was seen, and who changed what is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.formats import date_format

from tests.inbox.conftest import audited
from tests.moderation.room import suggestion
from torg.core.errors import Invalid, NotAllowed, NotFound, Stale
from torg.core.ids import new
from torg.dialogue.models import Item
from torg.moderation import commands, notices, queries
from torg.moderation.models import Agreement, Case, Decision, Proposal
from torg.moderation.words import Ground, Measure, Step
from torg.records.models import Capture

FRAME = notices.Parts("Vi så {avsnitt} på {side} {dato}.", "Du brøt regelen {regel}.", "Ta en pause.")


@pytest.fixture
def cases(room):
    return [room.case(f"Meld dere ut, alle sammen! {number}") for number in range(4)]


@pytest.fixture
def proposal(room, cases):
    return commands.propose_many(
        case_ids=[case.public_id for case in cases[:3]],
        suggestion=suggestion(),
        rule_id=room.rules["respect"].public_id,
        by=room.house.administrator,
        at=room.at,
    )


def revise(room, proposal, cases, *, by=None, rule="respect", **fields):
    return commands.revise_proposal(
        proposal_id=proposal.public_id,
        case_ids=[case.public_id for case in cases],
        suggestion=suggestion(**fields),
        rule_id=room.rules[rule].public_id,
        by=by or room.house.administrator,
        at=room.at,
    )


def states(cases):
    return [Case.objects.get(pk=case.pk).state for case in cases]


def test_texts_are_taken_out_and_put_in_and_the_second_person_sees_which(room, cases, proposal):
    made = revise(room, proposal, [cases[0], cases[1], cases[3]], measure=Measure.HIDE, considered=[Measure.ANSWER])

    proposal.refresh_from_db()
    assert (proposal.state, made.number, made.revises) == ("REVISED", 2, proposal)
    assert states(cases) == ["PROPOSED", "PROPOSED", "OPEN", "PROPOSED"]
    told = queries.changes_of(made)
    assert (told.taken_out, told.added) == ([cases[2]], [cases[3]])
    assert len(told.says) == 2 and queries.changes_of(proposal) is None
    assert (audited("moderation.proposal.revised"), audited("moderation.proposal.changed_one")) == (1, 2)


def test_what_is_changed_is_told_in_words(room, cases, proposal):
    days = [(room.at + timedelta(days=number)).date() for number in (3, 30)]
    banned = revise(room, proposal, cases[:2], sanction=Step.TEMPORARY_BAN, ends_on=days[0])
    longer = revise(room, banned, cases[:2], sanction=Step.TEMPORARY_BAN, ends_on=days[1], language="nn")

    told = {each.before: each.after for each in queries.changes_of(longer).says}

    before, after = (date_format(day, "j. F Y") for day in days)
    assert told.pop(before) == after
    [(unchosen, chosen)] = told.items()
    assert (unchosen != "–", chosen) == (True, "Nynorsk")


def test_only_the_newest_version_can_be_agreed_to(room, cases, proposal):
    made = revise(room, proposal, cases[:2])

    for answer in (
        room.agreed,
        lambda old: commands.return_proposal(
            proposal_id=old.public_id, reason="Nei", is_impartial=True, by=room.house.officer, at=room.at
        ),
    ):
        with pytest.raises(Stale):
            answer(proposal)
    assert not Agreement.objects.exists()

    agreed = room.agreed(made)
    assert {decision.case_id for decision in agreed.decisions} == {case.pk for case in cases[:2]}
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=agreed.decisions[0].pk).update(measure="HIDE")


def test_a_version_that_was_replaced_cannot_be_changed_either(room, cases, proposal):
    revise(room, proposal, cases[:2])

    with pytest.raises(Stale):
        revise(room, proposal, cases[:1])
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state="WAITING")


@pytest.mark.parametrize("what", ["nothing", "none", "unknown"])
def test_a_version_that_changes_nothing_or_holds_nothing_is_refused(room, cases, proposal, what):
    wanted = {"nothing": cases[:3], "none": [], "unknown": [replace_id(cases[0])]}[what]

    with pytest.raises((Invalid, NotFound)):
        revise(room, proposal, wanted)

    assert Proposal.objects.get().state == "WAITING"
    assert states(cases[:3]) == ["PROPOSED"] * 3


def replace_id(case):
    return Case(public_id=new(), scope_id=case.scope_id)


def test_only_whoever_made_it_changes_it(room, cases, proposal):
    with pytest.raises(NotAllowed):
        revise(room, proposal, cases[:2], by=room.house.officer)


def test_what_is_kept_keeps_its_evidence_and_passage_and_changed_texts_must_go(room, cases, proposal):
    before = dict(proposal.targets.values_list("case", "passage"))
    taken = Capture.objects.count()

    made = revise(room, proposal, cases[:2])

    assert dict(made.targets.values_list("case", "passage")) == {case.pk: before[case.pk] for case in cases[:2]}
    assert Capture.objects.count() == taken
    Item.objects.filter(pk=cases[0].item_id).update(version_count=2)
    with pytest.raises(Invalid):
        revise(room, made, cases[:1])
    assert revise(room, made, cases[1:2]).number == 3


def test_words_of_the_notices_follow_while_they_fit(room, cases, proposal):
    words = {"language": "nb", "frame": FRAME, "by": room.house.administrator, "at": room.at}
    commands.word_notices(proposal_id=proposal.public_id, **words)

    kept = revise(room, proposal, cases[:2])
    assert queries.wordings_of(kept).newest["nb"].did == FRAME.did
    assert room.agreed(revise(room, kept, cases[:1]), seen_wordings=0).decisions
    other = commands.propose_many(
        case_ids=[cases[2].public_id, cases[3].public_id],
        suggestion=suggestion(),
        rule_id=room.rules["respect"].public_id,
        by=room.house.administrator,
        at=room.at,
    )
    commands.word_notices(proposal_id=other.public_id, **words)
    assert queries.wordings_of(revise(room, other, cases[2:], measure=Measure.HIDE)).count == 0


def test_words_of_a_ban_until_another_day_or_by_another_rule_do_not_follow(room, cases, proposal):
    def worded(proposal):
        words = {"language": "nb", "frame": FRAME, "by": room.house.administrator, "at": room.at}
        commands.word_notices(proposal_id=proposal.public_id, **words)
        return proposal

    days = [(room.at + timedelta(days=number)).date() for number in (3, 30)]
    banned = revise(room, proposal, cases[:2], sanction=Step.TEMPORARY_BAN, ends_on=days[0])
    longer = revise(room, worded(banned), cases[:2], sanction=Step.TEMPORARY_BAN, ends_on=days[1])
    assert queries.wordings_of(longer).count == 0

    by_rule = revise(room, worded(longer), cases[:2], rule="privacy", sanction=Step.TEMPORARY_BAN, ends_on=days[1])
    assert queries.wordings_of(by_rule).count == 0


def test_one_text_of_many_gets_another_measure_and_both_are_agreed_to(room, cases, proposal):
    own = replace(suggestion(), measure=Measure.HIDE, considered=[Measure.ANSWER], reason="Mildere enn de andre.")

    apart = commands.set_apart(
        proposal_id=proposal.public_id,
        case_id=cases[1].public_id,
        suggestion=own,
        by=room.house.administrator,
        at=room.at,
    )

    rest = Proposal.objects.get(revises=proposal)
    measures = {row.case_id: row.measure for each in (rest, apart) for row in room.agreed(each).decisions}
    assert measures == {cases[0].pk: "DELETE", cases[1].pk: "HIDE", cases[2].pk: "DELETE"}
    assert audited("moderation.proposal.revised") == 1
    room.work()
    assert [act.kind.value for act in room.platform.performed].count("delete") == 2


def test_the_page_changes_it_and_shows_others_what_was_changed(room, cases, proposal, signed_in, client, now):
    proposer, second = room.house.administrator, room.house.officer
    entered = {person: signed_in(person) and person.logins.get() for person in (proposer, second)}

    def as_one(person):
        client.force_login(entered[person], backend="django.contrib.auth.backends.ModelBackend")
        return client

    Case.objects.filter(pk=cases[3].pk).update(ground=Ground.PERSONAL_ATTACK)
    address = reverse("moderation:proposal-changes", args=[proposal.public_id])
    page = as_one(proposer).get(address).content.decode()
    assert page.count('name="chosen"') == 4 and str(cases[3].public_id) in page
    assert 'name="chosen"' not in as_one(second).get(address).content.decode()
    told = {"ground": Ground.PERSONAL_ATTACK, "measure": "DELETE", "considered": ["ANSWER", "HIDE"]}
    told |= {"reason": "Kaller en navngitt person idiot.", "is_impartial": "on"}
    told |= {"rule": room.rules["respect"].public_id, "chosen": [cases[0].public_id, cases[3].public_id]}

    answer = as_one(proposer).post(address, told)

    made = Proposal.objects.get(number=2)
    assert answer.url == reverse("moderation:proposal-changes", args=[made.public_id])
    shown = as_one(second).get(answer.url).content.decode()
    assert Item.objects.get(pk=cases[1].item_id).masked_text in shown
    assert as_one(second).post(answer.url, told).status_code == 403
    assert as_one(proposer).post(address, told).status_code == 409
    alone = reverse("moderation:proposal-apart", args=[made.public_id, cases[0].public_id])
    assert as_one(proposer).get(alone).status_code == 200
    assert as_one(second).get(alone).url == answer.url, "only whoever made it has a form to fill in"
    other = reverse("moderation:proposal-apart", args=[made.public_id, cases[1].public_id])
    assert as_one(proposer).get(other).status_code == 404, "that text was taken out"
    as_one(proposer).post(alone, told | {"measure": "HIDE", "considered": ["ANSWER"]})
    assert Proposal.objects.get(measure="HIDE").targets.get().case == cases[0]
