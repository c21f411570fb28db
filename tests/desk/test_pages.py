"""What the desk's pages say, and to whom."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.architecture.source import PACKAGE
from tests.desk import scene
from torg.core import clock
from torg.desk.queries import log
from torg.dialogue.models import Thread
from torg.inbox.models import Enquiry, Forwarding
from torg.people.models import Person, RoleAssignment, StandIn, Unit
from torg.people.types import Role

PAGES = [
    "today",
    "queue",
    "approvals",
    "promises",
    "forwarded",
    "hand-over",
    "issues",
    "log",
    "channels",
    "outbox",
    "strategy",
]
FOR_READERS = ["today", "queue", "approvals", "promises", "forwarded", "issues", "channels", "outbox", "strategy"]


@pytest.fixture(scope="module")
def day(shared_database):
    """The moment of the looking, and the desk after some work, made once for all of these tests."""
    now = clock.now()
    house = scene.build(now)
    scene.live(house, now)
    return now, house


@pytest.fixture
def now(day):
    return day[0]


@pytest.fixture
def busy(day, db):
    return day[1]


def read(client, name, *args, **query) -> str:
    return client.get(reverse(f"desk:{name}", args=args), query).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_officer_opens_every_page(busy, as_person, name):
    answer = as_person(busy.officer).get(reverse(f"desk:{name}"))

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_nobody_opens_a_page_without_signing_in(db, client, name):
    answer = client.get(reverse(f"desk:{name}"))

    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


@pytest.mark.parametrize("name", FOR_READERS)
def test_a_leader_who_only_reads_opens_what_is_for_reading(busy, as_person, name):
    assert as_person(busy.leader).get(reverse(f"desk:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["log", "hand-over"])
def test_a_leader_does_not_open_what_needs_more_than_reading(busy, as_person, name):
    assert as_person(busy.leader).get(reverse(f"desk:{name}")).status_code == 403


def test_somebody_without_a_role_sees_nothing_of_what_people_wrote(busy, as_person):
    client = as_person(busy.stranger)

    pages = read(client, "today") + read(client, "queue")

    assert "Kari Nordmann" not in pages
    assert "Storgata" not in pages
    assert "Ask the information officer" in pages or "Spør informasjonsansvarlig" in pages


def test_a_thread_out_of_scope_is_the_same_as_one_that_does_not_exist(busy, as_person):
    client = as_person(busy.stranger)
    hidden = client.get(reverse("desk:thread", args=[scene.with_text("svømmehallen").thread.public_id]))
    absent = client.get(reverse("desk:thread", args=["00000000-0000-4000-8000-000000000000"]))

    assert (hidden.status_code, absent.status_code) == (404, 404)


@pytest.mark.parametrize("name", ["thread", "thread-log"])
def test_pages_of_one_thread_are_absent_to_others(busy, as_person, name):
    thread = scene.with_text("svømmehallen").thread

    assert as_person(busy.stranger).get(reverse(f"desk:{name}", args=[thread.public_id])).status_code in {403, 404}


def test_a_channel_out_of_scope_is_absent(busy, as_person):
    address = reverse("desk:channel", args=[busy.connection.public_id])

    assert as_person(busy.stranger).get(address).status_code in {403, 404}
    assert as_person(busy.officer).get(address).status_code == 200


def test_the_first_page_counts_what_needs_me(busy, as_person):
    answer = as_person(busy.officer).get(reverse("desk:today"))
    numbers = answer.context["today"].numbers

    assert numbers["overdue"] == 1
    assert numbers["approvals"] == 1
    assert numbers["hand_overs"] == 1
    assert numbers["forwarded"] == 1
    assert numbers["stuck"] == 1
    assert [each.connection.name for each in answer.context["today"].broken] == ["Storvik bibliotek"]


def test_the_first_page_says_whose_work_one_does_as_a_stand_in(busy, as_person, now):
    StandIn.objects.create(
        absent=busy.officer, stand_in=busy.stranger, from_at=now - timedelta(hours=1), until_at=now + timedelta(days=1)
    )

    page = read(as_person(busy.stranger), "today")

    assert busy.officer.name in page
    assert "Kari Nordmann" in page


def test_with_one_who_can_agree_the_first_page_says_that_nothing_can_be_deleted(busy, as_person):
    answer = as_person(busy.officer).get(reverse("desk:today"))

    assert answer.context["today"].numbers["agreers"] == 1
    assert "fortsatt skjule" in answer.content.decode() or "hiding works" in answer.content.decode()


def test_the_week_is_told_for_the_whole_and_never_per_person(busy, as_person):
    answer = as_person(busy.officer).get(reverse("desk:today"))
    week = answer.context["week"]

    assert week.all == week.in_time + week.late + week.waiting > 0
    assert busy.administrator.name not in answer.content.decode().split('id="week"')[1]


def test_the_queue_ranks_and_says_why(busy, as_person):
    answer = as_person(busy.officer).get(reverse("desk:queue"))
    first = answer.context["page"].rows[0]

    assert first.enquiry == scene.with_text("Storgata brøytet")
    assert {reason.code for reason in first.reasons} >= {"late"}


@pytest.mark.strategy("C6")
def test_a_sensitive_text_is_masked_in_every_list(busy, as_person):
    client = as_person(busy.officer)

    pages = read(client, "queue") + read(client, "today") + read(client, "queue", view="SENSITIVE")

    assert "13097248022" not in pages
    assert "Fødselsnummeret mitt er •••" in pages


def test_a_row_names_who_wrote_its_words(busy, as_person):
    enquiry = scene.with_text("Storgata brøytet")
    other = scene.with_text("svømmehallen opnar").thread.author
    enquiry.thread.items.filter(is_own=False).update(author=other)

    page = as_person(busy.officer).get(reverse("desk:queue")).content.decode()
    row = page.split(f'data-row="{enquiry.public_id}"')[1].split("</li>")[0]

    assert row.count(other.name) == 2


def test_a_search_narrows_and_the_chip_takes_it_off(busy, as_person):
    answer = as_person(busy.officer).get(reverse("desk:queue"), {"view": "ALL", "text": "biblioteket"})
    (chip,) = answer.context["frame"].chips

    assert [row.enquiry.thread.author.name for row in answer.context["page"].rows] == ["Ola Bråten"]
    assert (chip.value, chip.without) == ("biblioteket", "?view=ALL")


def test_an_empty_list_says_why_it_is_empty(busy, as_person):
    page = read(as_person(busy.officer), "queue", view="ALL", text="finnesikke")

    assert "finnesikke" in page
    assert "t-empty" in page


def test_a_strange_address_of_the_queue_is_told_and_not_fatal(busy, as_person):
    client = as_person(busy.officer)

    assert client.get(reverse("desk:queue"), {"view": "X", "presence": "7", "label": "\x00"}).status_code == 200
    assert client.get(reverse("desk:queue"), {"after": "x"}).status_code == 422


def test_the_thread_tells_the_whole_context(busy, as_person):
    page = read(as_person(busy.officer), "thread", scene.with_text("Storgata brøytet").thread.public_id)

    assert "30 cm snø" in page
    assert "Vi brøyter Storgata før klokka ti" in page
    assert "driftssentralen" in page
    assert "t-versions" in page
    assert "Vintervei" in page


def test_an_author_whom_the_platform_keeps_back_is_called_unknown(busy, as_person):
    page = read(as_person(busy.officer), "thread", scene.with_text("Hvem skal jeg ringe").thread.public_id)

    assert "Ukjent avsender" in page or "Unknown author" in page


def test_masked_text_stays_masked_in_the_thread_until_it_is_opened(busy, as_person):
    client = as_person(busy.officer)
    item = scene.with_text("Fødselsnummeret").thread.items.get()
    before = read(client, "thread", item.thread.public_id)

    opened = client.post(reverse("triage:opening", args=[item.public_id])).content.decode()

    assert "13097248022" not in before
    assert reverse("triage:opening", args=[item.public_id]) in before
    assert "13097248022" in opened


def test_who_may_not_open_what_is_masked_is_not_offered_to(busy, as_person):
    item = scene.with_text("Fødselsnummeret").thread.items.get()

    page = read(as_person(busy.leader), "thread", item.thread.public_id)

    assert reverse("triage:opening", args=[item.public_id]) not in page


def test_the_page_of_an_enquiry_leads_to_its_thread(busy, as_person):
    enquiry = Enquiry.objects.select_related("thread").first()

    answer = as_person(busy.officer).get(reverse("desk:enquiry", args=[enquiry.public_id]))

    assert answer["Location"] == reverse("desk:thread", args=[enquiry.thread.public_id])


def test_a_thread_that_only_we_have_written_in_can_be_read(busy, as_person, now):
    thread = busy.thread(at=now)
    busy.item(thread, now, "Vi skrev dette selv", is_own=True)
    assert not Enquiry.objects.filter(thread=thread).exists()

    assert "Vi skrev dette selv" in read(as_person(busy.officer), "thread", thread.public_id)


def test_the_log_shows_acts_and_the_names_of_those_who_acted(busy, as_person):
    page = read(as_person(busy.officer), "log")

    assert busy.administrator.name in page
    assert "Storgata" not in page


def test_the_log_of_a_thread_shows_what_was_done_there(busy, as_person):
    page = read(as_person(busy.officer), "thread-log", scene.with_text("Storgata brøytet").thread.public_id)

    assert busy.administrator.name in page


def test_one_does_not_approve_an_answer_of_ones_own(busy, as_person):
    mine = read(as_person(busy.contributor), "approvals")
    others = read(as_person(busy.officer), "approvals")

    assert "Hullet fylles denne uka" in mine
    assert "/approval/" not in mine
    assert "/approval/" in others


def test_promises_are_listed_until_they_are_kept(busy, as_person):
    answer = as_person(busy.officer).get(reverse("desk:promises"))
    promises = answer.context["promises"]

    assert len([*promises.broken, *promises.soon, *promises.later]) == 1


def test_a_known_issue_shows_whom_its_answer_would_go_to(busy, as_person):
    client = as_person(busy.officer)
    (issue,) = client.get(reverse("desk:issues")).context["found"].issues

    page = read(client, "issue", issue.public_id)

    unknown = scene.with_text("Hvem skal jeg ringe")
    assert f"{unknown.public_id}:{unknown.version}" in page
    assert "Ola Bråten" not in page


def test_a_person_settles_what_nobody_is_sure_of(busy, as_person):
    client = as_person(busy.officer)
    line = client.get(reverse("desk:outbox")).context["lines"][0]
    address = reverse("desk:settle", args=[line.act.public_id])

    without = client.post(address, {"found": "there"})
    settled = client.post(address, {"found": "there", "external_id": "comment-77"})

    line.act.refresh_from_db()
    assert (without.status_code, settled.status_code) == (422, 303)
    assert (line.act.state, line.act.external_id) == ("CONFIRMED", "comment-77")


@pytest.mark.parametrize("name", ["retry", "withdraw"])
def test_an_act_out_of_scope_is_absent(busy, as_person, now, name):
    line = as_person(busy.officer).get(reverse("desk:outbox")).context["lines"][0]
    outsider = Person.objects.create(name="Una Ute", email="una@storvik.example", unit=Unit.objects.first())
    other = scene.Scope.objects.exclude(id=busy.scope_id).first()
    RoleAssignment.objects.create(
        person=outsider, role=Role.PAGE_ADMINISTRATOR, scope=other, from_at=now - timedelta(days=1)
    )

    answer = as_person(outsider).post(reverse(f"desk:{name}", args=[line.act.public_id]))

    assert answer.status_code == 404


def test_the_log_tells_in_words_which_rule_of_ours_acted():
    sources = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    names = {name for source in sources for name in re.findall(r'\bRule\("([a-z_.-]+)"', source)}

    assert "records.maker" in names
    assert [name for name in names if log.rule_words(f"{name}@1") == name] == []


def test_navigation_shows_only_what_the_person_may_open(busy, as_person):
    officer, leader = (read(as_person(who), "today") for who in (busy.officer, busy.leader))

    assert reverse("desk:log") in officer
    assert reverse("desk:log") not in leader
    people = f'href="{reverse("people:index")}"'
    assert people in officer
    assert people not in leader
    assert reverse("people:absence") in leader


def test_the_pages_of_a_room_are_shown_to_those_whom_they_open_to(busy, as_person):
    for who in (busy.officer, busy.administrator, busy.leader):
        client = as_person(who)
        shown = client.get(reverse("desk:moderation")).context["navigation"]
        room = next(place for place in shown if place.address == reverse("desk:moderation"))

        assert [place.address for place in room.pages if client.get(place.address).status_code != 200] == []


def test_a_page_with_many_rows_is_continued_where_the_last_one_ended(busy, as_person, now):
    for number in range(55):
        scene.write(busy, f"Avsender {number}", "Når åpner dere?", now - timedelta(minutes=5))
    client = as_person(busy.officer)

    first = client.get(reverse("desk:queue"))
    second = client.get(reverse("desk:queue") + first.context["older"])

    shown = [row.enquiry.pk for page in (first, second) for row in page.context["page"].rows]
    assert len(shown) == len(set(shown)) == Enquiry.objects.filter(state="OPEN").count()
    assert Thread.objects.count() >= len(shown)


def test_a_unit_that_does_not_see_the_page_is_told_the_question_and_nothing_else(busy, as_person):
    asked = Forwarding.objects.select_related("enquiry__thread").first()
    colleague = factories.person("Utenfor")
    colleague.unit = asked.unit
    colleague.save()

    page = as_person(colleague).get(reverse("desk:forwarded")).content.decode()

    assert asked.question in page
    assert str(asked.enquiry.thread.public_id) not in page


def test_the_log_gathers_what_followed_by_itself_and_leads_to_the_conversation(busy, as_person):
    page = read(as_person(busy.officer), "log")

    assert "inbox.sending@" not in page and "outbox@" not in page
    assert "/desk/threads/" in page
