"""A notice in the second person's own words: the frame stays, nothing sensitive comes in, and who wrote it is kept."""

from dataclasses import replace

import pytest

from tests.inbox.conftest import audited
from tests.moderation.room import suggestion
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid
from torg.inbox import windows
from torg.moderation import commands, previewing
from torg.moderation.models import Decision, Proposal
from torg.moderation.words import Ground
from torg.outbox.models import OutboxAct

MILD = "Vi ser at du var oppgitt, men dette gikk på en person."


def preview(proposal, at):
    target = proposal.targets.select_related("proposal", "passage__rule", "rule_when_posted__rule").get()
    return previewing.notice_for(target, at=at)


def agree(room, proposal, parts):
    return commands.agree(
        proposal_id=proposal.public_id, is_impartial=True, notice=parts, by=room.house.officer, at=room.at
    )


@pytest.fixture
def proposal(room):
    return room.proposed()


@pytest.fixture
def parts(proposal, at):
    return preview(proposal, at).parts


def test_what_the_second_person_writes_is_sent_with_the_way_to_complain(room, proposal, parts):
    notice = agree(room, proposal, replace(parts, did=f"{parts.did} {MILD}")).decisions[0].notice

    sent = OutboxAct.objects.get(public_id=notice.act_id)
    assert MILD in notice.text and MILD in str(sent.payload)
    assert "/klage/" in notice.text and "/klage/" in str(sent.payload)
    assert notice.edited_by == room.house.officer


def test_that_it_was_edited_is_audited_and_not_what_it_says(room, proposal, parts):
    agree(room, proposal, replace(parts, did=f"{parts.did} {MILD}"))

    assert audited("moderation.decision.made") == 1
    entry = AuditEvent.objects.get(name="moderation.decision.made")
    assert entry.facts["notice_edited"] is True
    assert MILD not in str(entry.facts)


def test_a_notice_left_as_it_stands_is_not_called_edited(room, proposal, parts):
    browsers = replace(parts, why=parts.why.replace("\n", "\r\n") + " ")

    assert agree(room, proposal, browsers).decisions[0].notice.edited_by is None


def test_a_notice_that_just_fits_while_the_link_is_covered_is_shown_as_it_will_be_sent(room, proposal, at, monkeypatch):
    monkeypatch.setattr(windows, "MESSAGE_LIMIT", preview(proposal, at).length + 5)
    shown = preview(proposal, at)

    notice = agree(room, proposal, shown.parts).decisions[0].notice

    assert (notice.text, notice.edited_by) == (shown.text, None)


@pytest.mark.parametrize(
    "change",
    [
        {"did": " "},
        {"why": ""},
        {"means": "\x00"},
        {"why": "Du brøt en regel hos oss."},
        {"means": "Fødselsnummeret 13097248022 står ikke lenger."},
        {"means": "Ring 22 22 22 22 eller kari.nordmann@epost.example."},
        {"means": "Lang. " * 400},
    ],
    ids=str,
)
def test_a_notice_out_of_its_frame_is_refused_and_nothing_is_decided(room, proposal, parts, change):
    with pytest.raises(Invalid) as refused:
        agree(room, proposal, replace(parts, **change))

    assert refused.value.field == f"notice_{next(iter(change))}"
    assert not Decision.objects.exists()
    assert Proposal.objects.get().state == "WAITING"


def test_a_passage_that_is_itself_the_harm_is_not_repeated(room, at):
    case = room.case("Læreren i 3B er innlagt på psykiatrisk.")
    proposal = room.proposed(case, rule="privacy", ground=Ground.HEALTH)
    parts = preview(proposal, at).parts

    with pytest.raises(Invalid):
        agree(room, proposal, replace(parts, why=f"{parts.why} Du skrev: {case.item.text[:14]}"))


def test_the_notices_of_many_keep_the_template(room, at, parts):
    many = commands.propose_many(
        case_ids=[room.case().public_id, room.case().public_id],
        suggestion=suggestion(),
        rule_id=room.rules["respect"].public_id,
        by=room.house.administrator,
        at=at,
    )

    with pytest.raises(Invalid):
        agree(room, many, replace(parts, did=MILD))
