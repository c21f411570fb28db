"""How cases open: from findings, from people, from citizens, and from what was done outside."""

from datetime import timedelta

import pytest

from tests.inbox.conftest import audited
from tests.moderation.room import INSULT
from torg.core import ids
from torg.core.actors import Rule
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.dialogue.models import Attachment, Item, StateChange
from torg.moderation import commands, queries
from torg.moderation.models import Case, Passage, Report
from torg.moderation.words import Gravity, Ground, Mark, Source
from torg.records.models import Capture
from torg.triage import commands as triage
from torg.triage.models import ListKind

FORM = Rule("site.form", "1")
NUMBER = "Fødselsnummeret mitt er 13097248022."


def queue(person, at):
    return list(queries.case_page(person, queries.CaseFilters(), at=at).cases)


def read(at):
    while commands.open_from_findings(limit=100, at=at):
        continue


@pytest.mark.strategy("B2")
def test_a_finding_opens_a_case_with_its_passage_rule_and_reason(room, at):
    item = room.item("Du er en idiot.")

    read(at)

    case = Case.objects.get(item=item)
    passage = Passage.objects.get(case=case)
    assert (case.source, case.state, case.decide_by is not None) == ("TRIAGE", "OPEN", True)
    assert item.text[passage.start : passage.end].lower().find("idiot") >= 0
    assert (passage.rule.code, bool(passage.finding_code)) == ("respect", True)


@pytest.mark.strategy("F6")
def test_a_link_to_a_blocked_host_opens_a_case_under_its_rule_and_other_links_none(room, at):
    triage.list_host(
        host="grovt.example", kind=ListKind.BLOCKED, reason="Vold, meldt av politiet", by=room.house.officer, at=at
    )
    item, _ordinary = room.item("Se denne: hxxp://grovt[.]example/film"), room.item("Les i avis.example/sak")

    read(at)

    case = Case.objects.get()
    assert (case.item, case.ground, case.rule.code) == (item, Ground.HARMFUL_LINK, "links")
    assert case.passages.get().finding_code == "link.blocked"


@pytest.fixture
def card(room):
    def put(text="Se her!", url="https://www.grovt.example/film"):
        item = room.item(text)
        return Attachment.objects.create(
            scope_id=item.scope_id, item=item, kind="link", url=url, url_digest=url.encode(), received_at=room.at
        )

    return put


def read_cards(at):
    return commands.open_from_cards(limit=100, at=at)


@pytest.fixture
def blocked(room, at):
    triage.list_host(host="grovt.example", kind=ListKind.BLOCKED, reason="Vold", by=room.house.officer, at=at)


@pytest.mark.strategy("F6")
def test_a_card_that_leads_to_a_blocked_host_opens_a_case_and_is_marked_as_a_whole(room, blocked, card, at):
    led, _other = card(text=""), card(url="https://avis.example/sak")

    assert (read_cards(at), read_cards(at)) == (2, 0)

    case = Case.objects.get()
    passage = case.passages.get()
    assert (case.item, case.ground, case.source) == (led.item, Ground.HARMFUL_LINK, Source.TRIAGE)
    assert (passage.attachment, passage.rule.code, passage.finding_code) == (led, "links", "link.blocked")


def test_a_card_joins_the_open_case_and_what_is_proposed_already_is_left_alone(room, blocked, card, at):
    open_one, waiting = card(text=INSULT), card(text=INSULT)
    cases = [
        commands.open_case(item_id=each.item.public_id, source=Source.OWN, by=room.house.administrator, at=at)
        for each in (open_one, waiting)
    ]
    room.proposed(cases[1])

    read_cards(at)

    assert Case.objects.count() == 2
    assert cases[0].passages.filter(attachment=open_one).exists()
    assert not cases[1].passages.filter(attachment=waiting).exists()
    commands.withdraw_proposal(
        proposal_id=cases[1].targets.get().proposal.public_id, by=room.house.administrator, at=at
    )
    commands.dismiss(case_id=cases[1].public_id, because="LAWFUL", by=room.house.officer, at=at)
    assert (read_cards(at), Case.objects.count()) == (0, 2), "it was dealt with after the card came"


def test_many_cards_are_read_some_at_a_time_to_the_last(room, blocked, card, at):
    for url in ("https://avis.example/1", "https://avis.example/2", "https://www.grovt.example/film"):
        card(url=url)

    assert [commands.open_from_cards(limit=2, at=at) for _ in range(3)] == [2, 1, 0]
    assert Case.objects.count() == 1


def test_cards_wait_for_a_rule_on_links(room, blocked, card, at):
    card()
    rule = room.rules["links"]
    rule.finding_kinds = []
    rule.save()

    assert (read_cards(at), Case.objects.count()) == (0, 0)

    rule.finding_kinds = ["LINK"]
    rule.save()
    assert (read_cards(at), Case.objects.count()) == (1, 1)


def test_a_host_that_is_listed_later_finds_the_cards_of_the_last_weeks_and_none_that_was_let_stand(room, card, at):
    older, newer = card(), card(url="https://verre.example/")
    Attachment.objects.filter(pk=older.pk).update(received_at=at - timedelta(days=90))
    for host in ("grovt.example", "verre.example"):
        triage.list_host(host=host, kind=ListKind.BLOCKED, reason="Vold", by=room.house.officer, at=at)

    read_cards(at)
    commands.dismiss(case_id=Case.objects.get().public_id, because="LAWFUL", by=room.house.officer, at=at)
    triage.list_host(host="annet.example", kind=ListKind.BLOCKED, reason="Svindel", by=room.house.officer, at=at)
    read_cards(at)

    assert [case.item for case in Case.objects.all()] == [newer.item]


def test_reading_again_opens_nothing_twice(room, at):
    room.item()
    read(at)

    assert commands.open_from_findings(limit=100, at=at) == 0
    assert (Case.objects.count(), audited("moderation.case.found")) == (1, 1)


def test_what_was_let_stand_is_not_opened_by_the_same_finding(room, at):
    room.item()
    read(at)
    commands.dismiss(case_id=Case.objects.get().public_id, because="LAWFUL", by=room.house.officer, at=at)

    read(at + timedelta(minutes=1))

    assert Case.objects.count() == 1


@pytest.mark.strategy("F5")
@pytest.mark.parametrize(
    "text",
    [
        "Ordføreren gjør en elendig jobb, og kommunen sløser med pengene våre.",
        "Dette vedtaket er en skandale. Kommunedirektøren bør gå av.",
        "Hvorfor svarer dere aldri?",
    ],
)
def test_criticism_opens_nothing(room, at, text):
    room.item(text)

    read(at)

    assert not Case.objects.exists()


@pytest.mark.strategy("C6")
def test_what_can_harm_somebody_stands_first_and_is_sensitive(room, at):
    room.item("Du er en idiot.")
    room.item(NUMBER)

    read(at)

    first = queue(room.house.officer, at)[0]
    assert (first.ground, first.severity, first.is_sensitive) == (Ground.IDENTITY_NUMBER, Gravity.CRITICAL, True)


@pytest.mark.parametrize("fields", [{"is_own": True}, {"is_history": True}], ids=["our own", "from before"])
def test_our_own_and_what_came_before_us_open_nothing(room, at, fields):
    room.item(**fields)

    read(at)

    assert not Case.objects.exists()


def test_a_second_report_joins_the_open_case(room, at):
    item = room.item()
    first = commands.open_case(item_id=item.public_id, source=Source.COLLEAGUE, by=room.house.case_officer, at=at)

    commands.report_item(item_id=item.public_id, text="Dette er ikke greit.", contact="ola@example.no", by=FORM, at=at)

    assert Case.objects.get() == first
    assert list(Report.objects.order_by("id").values_list("source", flat=True)) == ["COLLEAGUE", "CITIZEN"]
    assert (audited("moderation.case.opened"), audited("moderation.case.reported")) == (1, 1)


def test_those_who_only_read_open_nothing(room, at):
    item = room.item()

    with pytest.raises(NotAllowed):
        commands.open_case(item_id=item.public_id, by=room.house.leader, at=at)
    with pytest.raises(NotFound):
        commands.open_case(item_id=item.public_id, by=room.house.stranger, at=at)


def test_a_report_that_is_too_long_is_refused(room, at):
    with pytest.raises(Invalid):
        commands.report_item(item_id=room.item().public_id, text="x" * 2001, by=FORM, at=at)


def changed_outside(item, state, at, *, by_us=False):
    StateChange.objects.create(
        scope_id=item.scope_id,
        item=item,
        from_state="VISIBLE",
        to_state=state,
        by_us=by_us,
        at=at,
        received_at=at,
        delivery_id=ids.new(),
    )
    Item.objects.filter(pk=item.pk).update(platform_state=state)


@pytest.mark.parametrize("state", ["HIDDEN_BY_US", "REMOVED_BY_US"])
def test_what_was_done_outside_is_assessed_afterwards(room, at, state):
    changed_outside(room.item(), state, at)

    commands.watch_outside(limit=100, at=at)
    commands.watch_outside(limit=100, at=at)

    assert Case.objects.get().source == Source.OUTSIDE


def test_our_own_acts_and_the_authors_are_not_assessed(room, at):
    changed_outside(room.item(), "HIDDEN_BY_US", at, by_us=True)
    changed_outside(room.item(), "DELETED_BY_AUTHOR", at)

    assert commands.watch_outside(limit=100, at=at) == 2
    assert not Case.objects.exists()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (-1, 3), (0, 9999)])
def test_a_passage_lies_in_the_text(room, at, start, end):
    case = room.case()

    with pytest.raises(Invalid):
        commands.mark_passage(
            case_id=case.public_id,
            mark=Mark(room.rules["respect"].public_id, start, end),
            ground=Ground.PERSONAL_ATTACK,
            by=room.house.administrator,
            at=at,
        )


def test_what_a_colleague_quotes_is_covered_without_the_right(room):
    reason = "Skriver 13097248022 i det åpne."

    assert "13097248022" not in queries.readable(reason, may_open=False)
    assert queries.readable(reason, may_open=True) == reason


def test_out_of_sight_a_case_is_in_no_list(room, at):
    case = room.case()

    assert queue(room.house.officer, at) == [case]
    assert queue(room.house.stranger, at) == []


def test_a_proposal_waits_for_those_who_may_answer_it(room, at):
    proposal = room.proposed(by=room.house.officer)

    assert list(queries.proposals_waiting(room.deputy, at=at)) == [proposal]
    for person in (room.house.officer, room.house.administrator, room.house.leader):
        assert list(queries.proposals_waiting(person, at=at)) == []


@pytest.mark.strategy("F3")
def test_evidence_lies_there_before_anybody_acts_and_is_not_taken_twice(room, at):
    case = room.case()

    taken = [commands.take_evidence(limit=100, at=at) for _ in range(2)]
    target = room.proposed(case).targets.get()

    assert (taken, Capture.objects.count(), audited("moderation.evidence.taken")) == ([1, 0], 1, 1)
    assert target.capture.subject_id == case.item.public_id


def test_what_was_changed_after_the_evidence_is_taken_again(room, at):
    case = room.case()
    commands.take_evidence(limit=100, at=at)
    Item.objects.filter(pk=case.item_id).update(state_at=at + timedelta(minutes=1))

    room.proposed(Case.objects.get(pk=case.pk))

    assert Capture.objects.count() == 2
