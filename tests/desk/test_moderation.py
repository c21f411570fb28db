"""Moderation on screen: the queue, the case's page, and what each person may do there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.inbox.conftest import person
from tests.moderation import conftest as moderation
from torg.desk.queries import today
from torg.dialogue.models import Attachment, Item, Post
from torg.files import commands as files
from torg.moderation import commands, queries
from torg.moderation.models import Case, CitizenReport, Passage, Proposal, Sanction, TemporaryHiding, Viewing
from torg.moderation.words import Dismissal, Measure, Step
from torg.people.models import Scope
from torg.people.types import Role
from torg.records.models import JournalEntry

house, signed_in, now, room = moderation.house, moderation.signed_in, moderation.now, moderation.room
PROPOSAL = {
    "ground": "PERSONAL_ATTACK",
    "measure": "DELETE",
    "considered": ["ANSWER", "HIDE"],
    "reason": "Kaller en annen idiot.",
    "is_impartial": "on",
}


def queue(**asked):
    return reverse("desk:moderation", query=asked)


def page(case):
    return reverse("desk:case", args=[case.public_id])


def act(name, thing):
    return reverse(f"moderation:{name}", args=[thing.public_id])


@pytest.fixture
def case(room, now):
    return room.case()


@pytest.fixture
def proposal(room, case):
    return room.proposed(case)


def test_a_picture_without_words_is_marked_as_a_whole_and_proposed_on(signed_in, room, house, case):
    Item.objects.filter(pk=case.item_id).update(text="", masked_text="")
    picture = Attachment.objects.create(
        scope_id=case.scope_id, item=case.item, kind="photo", url="", url_digest=b"1", received_at=room.at
    )
    browser = signed_in(house.administrator)
    marking = {"rule": room.rules["respect"].public_id, "ground": "PERSONAL_ATTACK"}

    shown = browser.get(page(case)).content.decode()
    browser.post(act("passages", case), {**marking, "attachment": picture.public_id})
    strange = browser.post(act("passages", case), {**marking, "attachment": case.public_id})

    passage = Passage.objects.get(case=case, attachment=picture)
    assert f'value="{picture.public_id}" selected' in shown
    assert strange.status_code == 422
    browser.post(act("proposals", case), {**PROPOSAL, "seen_version": case.version + 1, "passage": passage.public_id})
    assert Proposal.objects.get().targets.get().passage == passage


@pytest.mark.strategy("B2")
def test_the_queue_shows_the_text_with_the_passage_the_rule_and_why(signed_in, house, case):
    shown = signed_in(house.administrator).get(queue()).content.decode()

    assert "<mark" in shown and "idiot" in shown
    assert page(case) in shown


def test_the_queue_takes_few_questions_however_long(signed_in, house, room, now, django_assert_max_num_queries):
    for number in range(6):
        room.case(f"Du er en idiot nummer {number}.")
    client = signed_in(house.officer)

    with django_assert_max_num_queries(12):
        assert client.get(queue()).status_code == 200


def test_the_list_of_what_has_ended_says_how_each_case_did(signed_in, house, room, now, django_assert_max_num_queries):
    for number in range(6):
        made = room.case(f"Du er en idiot nummer {number}.")
        commands.dismiss(case_id=made.public_id, because=Dismissal.ANSWERED, note="", by=house.administrator, at=now)
    client = signed_in(house.officer)

    with django_assert_max_num_queries(12):
        shown = client.get(queue(view="ENDED"))

    with translation.override(shown.headers["Content-Language"]):
        assert str(Dismissal.ANSWERED.label) in shown.content.decode()


def test_the_gravest_stands_first_and_then_the_farthest_reaching(house, room, now):
    mild, wide, grave = room.case(), room.case(), room.case()
    Case.objects.filter(pk=wide.pk).update(reach=50)
    Case.objects.filter(pk=grave.pk).update(severity=4)

    shown = queries.case_page(house.officer, queries.CaseFilters(), at=now)

    assert [case.pk for case in shown.cases] == [grave.pk, wide.pk, mild.pk]


def test_the_next_page_goes_on_where_this_one_ended(house, room, now):
    made = {room.case().pk for _ in range(5)}
    seen, after = [], ""
    for _page in range(3):
        shown = queries.case_page(house.officer, queries.CaseFilters(), at=now, after=after, size=2)
        seen += [case.pk for case in shown.cases]
        after = shown.after

    assert (set(seen), len(seen), after) == (made, 5, "")


@pytest.mark.parametrize("after", ["x", "////", "bnVsbA==", "WzEsMl0="])
def test_an_address_that_names_no_place_begins_at_the_top(signed_in, house, case, after):
    assert page(case) in signed_in(house.officer).get(queue(after=after)).content.decode()


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"view": "OPEN", "source": "OWN"}, True),
        ({"view": "OPEN", "source": "CITIZEN"}, False),
        ({"view": "OPEN", "ground": "THREAT"}, False),
        ({"view": "HIDDEN"}, False),
        ({"view": "MINE"}, False),
        ({"view": "ENDED"}, False),
        ({"view": "NONSENSE", "severity": "x", "presence": "y"}, True),
    ],
)
def test_the_queue_is_narrowed(signed_in, house, case, asked, is_there):
    assert (page(case) in signed_in(house.officer).get(queue(**asked)).content.decode()) == is_there


def test_a_case_of_another_page_is_absent(signed_in, house, case):
    elsewhere = person("Odd Fjell", Role.OFFICER, Scope.objects.create(), house.other_unit)
    client = signed_in(elsewhere)

    assert client.get(page(case)).status_code == 404
    assert page(case) not in client.get(queue()).content.decode()
    assert client.post(act("claim", case)).status_code == 404


def test_a_leader_reads_and_is_offered_nothing(signed_in, house, case):
    shown = signed_in(house.leader).get(page(case)).content.decode()

    assert act("hiding", case) not in shown and act("dismissal", case) not in shown


def test_an_item_goes_from_the_thread_to_the_queue(signed_in, house, room, now):
    item = room.item()
    client = signed_in(house.case_officer)
    thread = reverse("desk:thread", args=[item.thread.public_id])
    assert act("report", item) in client.get(thread).content.decode()

    client.post(act("report", item), {"ground": "", "text": "Se på denne.", "next": thread})

    assert "Se på denne." in client.get(page(Case.objects.get(item=item))).content.decode()


def test_a_case_is_taken_and_let_go(signed_in, house, case):
    client = signed_in(house.administrator)
    client.post(act("claim", case), {"next": page(case)})
    case.refresh_from_db()
    assert case.claimed_by == house.administrator

    client.post(act("release", case), {"next": page(case)})

    case.refresh_from_db()
    assert case.claimed_by is None


def test_a_passage_is_marked_by_its_words(signed_in, house, room, case):
    rule = str(room.rules["respect"].public_id)
    told = {"rule": rule, "ground": "PERSONAL_ATTACK", "passage": "en idiot"}

    signed_in(house.administrator).post(act("passages", case), told)

    passage = Passage.objects.filter(case=case).latest("pk")
    assert case.item.text[passage.start : passage.end] == "en idiot"


def test_words_that_do_not_stand_there_are_refused_where_they_were_written(signed_in, house, room, case):
    rule = str(room.rules["respect"].public_id)
    told = {"rule": rule, "ground": "PERSONAL_ATTACK", "passage": "noe annet"}

    answer = signed_in(house.administrator).post(act("passages", case), told)

    assert (answer.status_code, "noe annet" in answer.content.decode()) == (422, True)


def test_of_words_that_stand_twice_one_is_meant_and_has_to_be_said(signed_in, house, room):
    case = room.case("Idiot! Du er en idiot, og hun er en idiot.")
    told = {"rule": str(room.rules["respect"].public_id), "ground": "PERSONAL_ATTACK", "passage": "en idiot"}
    client = signed_in(house.administrator)

    unsaid = client.post(act("passages", case), told).status_code
    beyond = client.post(act("passages", case), {**told, "which": 3}).status_code
    client.post(act("passages", case), {**told, "which": 2})

    passage = Passage.objects.filter(case=case).latest("pk")
    assert (unsaid, beyond) == (422, 422)
    assert (passage.start, passage.end) == (33, 41)


def test_hiding_says_until_when_and_can_be_undone(signed_in, house, case):
    client = signed_in(house.administrator)
    client.post(act("hiding", case), {"ground": "THREAT", "reason": "Truer med vold.", "next": page(case)})
    assert "Truer med vold." in client.get(page(case)).content.decode()

    client.post(act("hiding-end", case))

    assert TemporaryHiding.objects.get().state == "LIFTED"


def test_a_proposal_waits_for_somebody_else(signed_in, house, room, case):
    passage = room.marked(case)
    client = signed_in(house.administrator)
    client.post(act("proposals", case), {**PROPOSAL, "passage": str(passage.public_id), "next": page(case)})

    shown = client.get(page(case)).content.decode()

    proposal = Proposal.objects.get()
    assert proposal.proposed_by == house.administrator
    assert act("agreement", proposal) not in shown
    assert house.officer.name in shown and room.deputy.name in shown


def test_a_proposal_that_lacks_something_comes_again_filled_in(signed_in, house, room, case):
    passage = room.marked(case)
    told = {**PROPOSAL, "passage": str(passage.public_id), "considered": []}

    answer = signed_in(house.administrator).post(act("proposals", case), told)

    assert (answer.status_code, "Kaller en annen idiot." in answer.content.decode()) == (422, True)


def test_whoever_agrees_reads_the_notice_first(signed_in, house, case, proposal):
    client = signed_in(house.officer)
    shown = client.get(page(case)).content.decode()
    assert act("agreement", proposal) in shown
    assert "/klage/" in shown

    client.post(act("agreement", proposal), {"is_impartial": "on", "next": page(case)})

    case.refresh_from_db()
    assert (case.state, case.decision.agreement.agreed_by) == ("DECIDED", house.officer)


def test_agreeing_asks_about_partiality(signed_in, house, case, proposal):
    assert signed_in(house.officer).post(act("agreement", proposal), {}).status_code == 422


def test_disagreement_goes_back_with_its_reason(signed_in, house, case, proposal):
    client = signed_in(house.officer)
    client.post(act("return", proposal), {"reason": "Dette er bare kritikk.", "is_impartial": "on", "next": page(case)})

    case.refresh_from_db()
    assert case.state == "OPEN"
    assert "Dette er bare kritikk." in client.get(page(case)).content.decode()


def test_a_proposer_takes_it_back(signed_in, house, case, proposal):
    signed_in(house.administrator).post(act("proposal-withdrawal", proposal))

    case.refresh_from_db()
    assert case.state == "OPEN"


def test_a_text_is_let_stand(signed_in, house, case):
    client = signed_in(house.administrator)
    client.post(act("dismissal", case), {"because": "CRITICISM", "note": "Ingen brudd.", "next": page(case)})

    case.refresh_from_db()
    assert case.state == "DISMISSED"
    assert "Ingen brudd." in client.get(page(case)).content.decode()


def test_the_whole_way_stands_as_steps(signed_in, house, room, case, proposal, at):
    room.agreed(proposal)
    room.work()
    commands.close_finished(at=at + timedelta(minutes=5))

    client = signed_in(house.officer)
    shown = client.get(page(case)).content.decode()
    assert shown.count('data-state="done"') == 5
    assert "/records/entries/" not in shown

    factories.role(house.officer, Role.ARCHIVIST, at=at)
    entry = JournalEntry.objects.get(subject_id=case.public_id)
    assert reverse("records:entry", args=[entry.public_id]) in client.get(page(case)).content.decode()


def test_what_the_channel_cannot_do_is_ticked_off(signed_in, house, room, now):
    decision = room.decided(measure=Measure.CLOSE_THREAD)
    client = signed_in(house.officer)
    room.work()
    assert act("tick", decision) in client.get(page(decision.case)).content.decode()

    client.post(act("tick", decision))

    decision.refresh_from_db()
    assert decision.done_by_hand_by == house.officer


def test_whom_the_text_is_about_stays_out(signed_in, house, case):
    signed_in(house.administrator).post(act("subjects", case), {"person": str(house.case_officer.public_id)})

    shown = signed_in(house.case_officer).get(page(case)).content.decode()

    assert act("dismissal", case) not in shown


def test_many_are_looked_through_before_they_are_proposed(signed_in, house, room, now):
    cases = [room.case(f"Du er en idiot nummer {number}.") for number in range(3)]
    chosen = [str(case.public_id) for case in cases]
    client = signed_in(house.administrator)
    preview = client.post(reverse("desk:moderation-many"), {"chosen": chosen}).content.decode()
    assert "nummer 2" in preview and preview.count(" checked") == 3
    commands.claim(case_id=cases[0].public_id, by=house.officer, at=now)
    held = client.post(reverse("desk:moderation-many"), {"chosen": chosen}).content.decode()
    assert held.count(" checked") == 2 and house.officer.name in held, "one that a colleague has taken is not ticked"
    commands.release(case_id=cases[0].public_id, by=house.officer, at=now)

    rule = str(room.rules["respect"].public_id)
    client.post(reverse("moderation:bulk-proposals"), {**PROPOSAL, "chosen": chosen, "rule": rule})

    assert Proposal.objects.get().targets.count() == 3


def test_all_that_match_a_filter_are_looked_through_at_once(signed_in, house, room, now):
    cases = [room.case(f"Du er en idiot nummer {number}.") for number in range(3)]
    post = Post.objects.create(
        scope_id=house.scope_id, connection=house.connection, external_id="p", is_own=True, text="Budsjett",
        posted_at=room.at, received_at=room.at,
    )  # fmt: skip
    Item.objects.filter(pk__in=[case.item_id for case in cases[:2]]).update(post=post)
    client, narrowed = signed_in(house.administrator), {"view": "OPEN", "post": str(post.public_id)}

    queue = client.get(reverse("desk:moderation"), narrowed).content.decode()
    preview = client.post(reverse("desk:moderation-many"), {**narrowed, "all": "1"}).content.decode()

    assert 'name="all"' in queue and "nummer 2" not in queue
    assert 'name="all"' not in client.get(reverse("desk:moderation")).content.decode()
    assert [f"nummer {number}" in preview for number in range(3)] == [True, True, False]


def test_many_of_none_is_refused(signed_in, house, room):
    assert signed_in(house.administrator).post(reverse("desk:moderation-many")).status_code == 422


def test_the_register_tells_who_is_shut_out_and_why(signed_in, house, room, now, at):
    ends_on = at.date() + timedelta(days=30)
    decision = room.decided(measure=Measure.DELETE, sanction=Step.TEMPORARY_BAN, ends_on=ends_on)
    room.work()
    sanction = Sanction.objects.get(decision=decision)
    client = signed_in(house.officer)
    assert act("lifting", sanction) in client.get(reverse("desk:sanctions")).content.decode()

    client.post(act("lifting", sanction), {"reason": "Har beklaget.", "next": reverse("desk:sanctions")})

    sanction.refresh_from_db()
    assert sanction.state in {"LIFTING", "ENDED"}


def test_today_says_who_is_waited_for(house, proposal, now):
    told = {person: today.today(person, at=now).numbers["agreements"] for person in (house.officer, house.leader)}

    assert told == {house.officer: 1, house.leader: 0}


def test_today_tells_of_a_hiding_whose_deadline_nears(house, case, now):
    commands.hide_for_now(case_id=case.public_id, ground="THREAT", reason="Truer.", by=house.administrator, at=now)

    assert today.today(house.officer, at=now + timedelta(hours=12)).numbers["hidings"] == 1


def test_personal_data_in_a_reason_is_covered_for_those_who_may_not_open_it(signed_in, house, room, now):
    number = "01010112345"
    case = room.case(f"Ring {number} da.")
    commands.hide_for_now(case_id=case.public_id, ground="THREAT", reason="Ring 99 88 77 66", by=house.officer, at=now)

    assert "99 88 77 66" not in signed_in(house.leader).get(page(case)).content.decode()


def test_everybody_chooses_how_to_see_hard_things(signed_in, house, case):
    client = signed_in(house.officer)
    client.post(reverse("moderation:viewing"), {"greys_pictures": "on", "folds_gross_text": "on"})

    chosen = Viewing.objects.get(person=house.officer)

    assert (chosen.blurs_pictures, chosen.greys_pictures, chosen.folds_gross_text) == (False, True, True)
    assert "d-folded" in client.get(queue()).content.decode()
    assert moderation.audited("moderation.viewing.chosen") == 1


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def test_a_picture_is_blurred_until_it_is_opened_and_kept_from_those_who_may_not(signed_in, house, case, at):
    file = files.store(data=PIXEL, claimed_type="image/png", at=at)
    item = Item.objects.get(pk=case.item_id)
    picture = Attachment.objects.create(
        item=item,
        scope_id=item.scope_id,
        kind="photo",
        url_digest=b"1",
        state="STORED",
        sha256=file.sha256,
        media_type=file.media_type,
        size=file.size,
        received_at=at,
    )
    address = reverse("desk:attachment", args=[picture.public_id])

    client = signed_in(house.officer)
    assert "data-blurred" in client.get(page(case)).content.decode()
    assert client.get(address)["Content-Type"] == "image/png"
    assert signed_in(house.leader).get(address).status_code == 403


def test_complaints_are_reached_from_the_queue_by_those_who_answer_them(signed_in, house, case):
    address = reverse("moderation:complaints")

    assert address in signed_in(house.leader).get(queue()).content.decode()
    assert address in signed_in(house.officer).get(queue()).content.decode()
    assert address not in signed_in(house.administrator).get(queue()).content.decode()


def test_a_letter_is_written_in_from_the_case_and_the_complaint_found_there(signed_in, room, house, now):
    decision = room.decided()
    letter = act("complaint-by-letter", decision)
    officer = signed_in(house.officer)
    before = officer.get(page(decision.case)).content.decode()
    complaint = commands.enter_complaint(
        decision_id=decision.public_id, text="Nei.", email="", by=house.officer, at=now
    )
    after = officer.get(page(decision.case)).content.decode()

    assert letter in before
    assert letter not in after and act("complaint", complaint) in after


def test_a_complaint_waits_for_the_leader_and_for_nobody_who_decided(room, house, now):
    decision = room.decided()
    commands.enter_complaint(decision_id=decision.public_id, text="Nei.", email="", by=house.officer, at=now)

    assert today.today(house.leader, at=now).numbers["complaints"] == 1
    assert today.today(house.officer, at=now).numbers["complaints"] == 0


def test_today_tells_of_texts_to_assess_of_a_breach_and_of_reports_that_nobody_has_placed(house, case, now):
    CitizenReport.objects.create(number="AAA-BBB-CCC", received_at=now)
    commands.open_breach(case_id=case.public_id, by=house.officer, at=now)
    Case.objects.filter(pk=case.pk).update(decide_by=now)

    told = {
        person: [today.today(person, at=now).numbers[name] for name in ("cases", "cases_due", "exposures", "reports")]
        for person in (house.officer, house.administrator)
    }

    assert told == {house.officer: [1, 1, 1, 1], house.administrator: [1, 1, 0, 0]}
