"""Citizens' reports: the link finds the item or a colleague does, and the form is hard to misuse."""

import base64
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection

from tests.moderation.conftest import audited
from torg.connectors.channels.facebook.links import comment_in
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, Unavailable
from torg.dialogue.models import Post
from torg.moderation import commands, queries, reporting, tasks
from torg.moderation.models import CitizenReport, LetGo, Muting, Report
from torg.moderation.queries import reporting as ways
from torg.moderation.reporting import Told
from torg.moderation.words import Dismissal, Ground

POST, COMMENT = "122100000000004373", "759000000008746"
PAGE = "https://www.facebook.com/storvik"
CODED = base64.b64encode(f"comment:{POST}_{COMMENT}".encode()).decode()
LINKS = [
    f"{PAGE}/posts/pfbid02abc?comment_id={COMMENT}",
    f"https://m.facebook.com/story.php?story_fbid={POST}&id=1001&comment_id={COMMENT}",
    f"{PAGE}/posts/pfbid02abc?comment_id={CODED}",
    f"{PAGE}/posts/pfbid02abc?comment_id=1&reply_comment_id={COMMENT}&__tn__=R",
    "https://eksempel.example/innlegg/7#kommentarer",
]


@pytest.fixture
def item(room):
    found = room.item(permalink="https://eksempel.example/innlegg/7")
    type(found).objects.filter(pk=found.pk).update(external_id=f"{POST}_{COMMENT}")
    return found


@pytest.mark.strategy("F6")
@pytest.mark.parametrize(
    ("link", "opens"),
    [
        ("https://www.facebook.com/storvik/posts/7", True),
        ("https://facebook.com@ondt.example/", False),
        ("https://ikkefacebook.com/", False),
        ("http://www.facebook.com/x", False),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fondt.example", False),
        ("https://facebook.com\t.ondt.example/", False),
        ("https://ondt.example\\.facebook.com/", False),
        ("javascript:alert(1)", False),
        ("Under innlegget om hallen", False),
    ],
)
def test_only_plain_addresses_on_a_platform_can_be_pressed(link, opens):
    assert reporting.leads_to_a_platform(link) is opens


def report(at, link=LINKS[0], **fields):
    told = Told(**({"link": link, "ground": Ground.HARASSMENT, "text": "Dette er mobbing."} | fields))
    return commands.receive_report(told=told, by=commands.VISITOR, at=at)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_leads_to_its_comment(item, link):
    assert queries.item_of_link(link) == item


@pytest.mark.parametrize(
    "link",
    ["", "\x00", "nei", "https://[", f"https://facebook.com.ond.example/?comment_id={COMMENT}", f"{PAGE}?comment_id=2"],
)
def test_other_links_lead_nowhere(item, link):
    assert queries.item_of_link(link) is None


def test_two_comments_with_one_number_are_not_guessed_between(item, room):
    room.house.item(item.thread, room.at, "Hei", external_id=f"99_{COMMENT}")

    assert queries.item_of_link(LINKS[0]) is None
    assert queries.item_of_link(LINKS[1]) == item


def test_a_private_message_is_found_by_no_link(room):
    thread = room.house.thread(kind="PRIVATE", at=room.at)
    room.house.item(thread, room.at, "Hei", permalink="https://eksempel.example/melding/1")

    assert queries.item_of_link("https://eksempel.example/melding/1") is None


@pytest.mark.parametrize("link", LINKS)
def test_no_link_makes_the_database_read_the_whole_table(item, link):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for rows in ways._ways(link):
            assert "Seq Scan on dialogue_item" not in rows.explain()


@pytest.mark.parametrize("address", ["https://fb.watch/x?comment_id=7", "https://www.facebook.com/x?comment_id=7"])
def test_facebook_has_several_addresses(address):
    assert comment_in(address) == "7"


@pytest.mark.parametrize("link", [f"{PAGE}/posts/pfbid02abcdefghijk?x=1", f"{PAGE}/posts/{POST}", f"{PAGE}/posts/9"])
def test_a_link_to_a_post_offers_its_comments_to_whoever_places_it(item, room, at, link):
    post = Post.objects.create(
        scope_id=item.scope_id, connection=item.connection, external_id=f"100_{POST}", is_own=True, posted_at=at,
        received_at=at, permalink=f"{PAGE}/posts/pfbid02abcdefghijk",
    )  # fmt: skip
    type(item).objects.filter(pk=item.pk).update(post=post)
    tip = report(at, link)

    nearby = queries.comments_nearby(room.house.administrator, tip.link, at=at)

    assert (tip.state, nearby) == ("WAITING", [] if link.endswith("/9") else [item])
    assert queries.comments_nearby(room.house.stranger, tip.link, at=at) == []


def test_a_report_that_finds_its_item_opens_a_case(item, at):
    tip = report(at, email="leser@example.org")

    kept = Report.objects.get()
    assert (tip.state, tip.email, kept.contact, kept.case.item) == ("PLACED", "", "leser@example.org", item)
    assert (kept.case.source, kept.case.ground) == ("CITIZEN", Ground.HARASSMENT)
    assert audited("moderation.tip.received") == 1


def test_a_report_of_what_we_wrote_ourselves_waits_for_a_person(item, at):
    type(item).objects.filter(pk=item.pk).update(is_own=True, author=None)

    assert report(at).state == "WAITING"


@pytest.mark.parametrize("fields", [{"link": " ", "text": ""}, {"text": "x" * 2001}, {"link": "\x00"}])
def test_empty_and_endless_reports_are_refused(db, at, fields):
    with pytest.raises(Invalid):
        report(at, **fields)


def test_too_many_reports_from_one_sender_are_refused(db, at):
    for _ in range(reporting.IN_AN_HOUR):
        report(at, sender="a")

    with pytest.raises(Unavailable):
        report(at, sender="a")
    assert report(at, sender="b") and report(at + timedelta(hours=2), sender="a")


def test_a_colleague_places_what_leads_nowhere(item, at, room):
    tip = report(at, link="Under innlegget om hallen")

    commands.place_report(tip_id=tip.public_id, link=LINKS[0], by=room.house.officer, at=at)

    tip.refresh_from_db()
    assert (tip.state, tip.report.case.item, tip.handled_by) == ("PLACED", item, room.house.officer)
    assert audited("moderation.tip.placed") == 1


def test_a_report_is_dealt_with_once(item, at, room):
    tip = report(at)

    with pytest.raises(InvalidTransition):
        commands.let_report_go(tip_id=tip.public_id, because=LetGo.ABUSE, by=room.house.officer, at=at)


def test_whoever_has_one_page_only_does_not_place_what_belongs_nowhere(item, at, room):
    tip = report(at, link="et sted")

    with pytest.raises(NotAllowed):
        commands.place_report(tip_id=tip.public_id, link=LINKS[0], by=room.house.administrator, at=at)


@pytest.mark.parametrize("place", [{"link": "https://eksempel.example"}, {"item_id": UUID(int=7)}])
def test_a_place_that_is_not_there_is_refused_at_its_field(at, room, place):
    tip = report(at, link="et sted")

    with pytest.raises(Invalid) as refused:
        commands.place_report(tip_id=tip.public_id, by=room.house.officer, at=at, **place)
    assert refused.value.field == "place"


def test_a_conversation_s_own_address_leads_to_what_it_begins_with(item, at, room):
    tip = report(at, link="et sted")

    commands.place_report(tip_id=tip.public_id, item_id=item.thread.public_id, by=room.house.officer, at=at)

    assert Report.objects.get().case.item == item


def test_the_reporter_hears_how_the_case_ended_and_nothing_of_anybody(item, at, room):
    report(at, email="leser@example.org")
    case = item.moderation_cases.get()
    commands.dismiss(case_id=case.public_id, because=Dismissal.CRITICISM, by=room.house.administrator, at=at)

    tasks.tell_reporters(0)
    tasks.tell_reporters(0)

    letter = mail.outbox[0]
    assert len(mail.outbox) == 1 and letter.to == ["leser@example.org"]
    assert CitizenReport.objects.get().number in letter.body and item.author.name not in letter.body
    assert Report.objects.get().contact == "" and Report.objects.get().told_at


def test_the_reporter_hears_why_a_report_led_nowhere(at, room):
    tip = report(at, link="et sted", email="leser@example.org")
    commands.let_report_go(tip_id=tip.public_id, because=LetGo.NOT_OURS, by=room.house.officer, at=at)

    tasks.tell_let_go(str(tip.public_id))

    assert len(mail.outbox) == 1
    assert CitizenReport.objects.get().email == ""


def test_whoever_abuses_reporting_is_muted_for_a_while(at, room):
    tip = report(at, sender="a", email="Plage@example.org")

    made = commands.mute_reporter(tip_id=tip.public_id, days=30, reason="Sjikane", by=room.house.officer, at=at)

    assert len(made) == 2
    for known in ({"sender": "a"}, {"sender": "b", "email": "plage@example.org"}):
        with pytest.raises(NotAllowed):
            report(at, **known)
    assert report(at + timedelta(days=31), sender="a")


def test_a_case_officer_mutes_nobody(at, room):
    tip = report(at, sender="a")

    with pytest.raises(NotAllowed):
        commands.mute_reporter(tip_id=tip.public_id, days=30, reason="Nei", by=room.house.case_officer, at=at)
    assert not Muting.objects.exists()


def test_muting_can_be_ended(at, room):
    tip = report(at, sender="a")
    made = commands.mute_reporter(tip_id=tip.public_id, days=30, reason="Feil", by=room.house.officer, at=at)
    later = at + timedelta(minutes=1)

    commands.end_muting(muting_id=made[0].public_id, by=room.house.officer, at=later)

    assert report(later, sender="a")


def test_senders_are_forgotten_after_a_week(at, db):
    report(at, sender="a")

    assert commands.forget_senders(at=at + timedelta(days=6)) == 0
    assert commands.forget_senders(at=at + timedelta(days=8)) == 1
    assert CitizenReport.objects.get().sender == ""


def test_a_sender_is_known_by_a_code_only_and_a_household_of_ipv6_by_one():
    assert "192.0.2.7" not in reporting.sender_of("192.0.2.7")
    assert reporting.sender_of("2001:db8::1") == reporting.sender_of("2001:db8::ffff:2")
    assert reporting.sender_of("2001:db8:0:1::1") != reporting.sender_of("2001:db8::1")


class TestForm:
    def fields(self, at, **more):
        opened = reporting.stamp(at - timedelta(minutes=1))
        return {"link": LINKS[0], "about": "OTHER", "text": "Se her", "email": "", "opened": opened} | more

    def test_it_gives_a_receipt_with_a_number_and_says_no_more(self, client, item, now):
        answer = client.post("/meld/", self.fields(now))
        page = client.get(answer["location"])

        assert answer.status_code == 303
        assert CitizenReport.objects.get().number in page.content.decode()
        assert str(Report.objects.get().case.public_id) not in page.content.decode()

    def test_what_finds_nothing_is_answered_alike(self, client, item, now):
        found = client.post("/meld/", self.fields(now))
        lost = client.post("/meld/", self.fields(now, link="https://eksempel.example/x"))

        assert found.status_code == lost.status_code == 303
        assert len(found["location"]) == len(lost["location"])

    @pytest.mark.parametrize("age", [timedelta(seconds=1), timedelta(hours=13), -timedelta(hours=1)])
    def test_a_form_that_is_too_young_or_too_old_comes_again_and_can_be_sent(self, client, item, now, age):
        answer = client.post("/meld/", self.fields(now, opened=reporting.stamp(now - age)))
        again = answer.context["form"]["opened"].value()

        assert answer.status_code == 422 and not CitizenReport.objects.exists()
        assert client.post("/meld/", self.fields(now, opened=again)).status_code == 303

    @pytest.mark.parametrize("fields", [{"opened": "1"}, {"opened": ""}, {"website": "http://x"}, {"about": "X"}])
    def test_machines_are_refused(self, client, item, now, fields):
        assert client.post("/meld/", self.fields(now, **fields)).status_code == 422
        assert not CitizenReport.objects.exists()

    def test_a_number_that_nobody_got_is_not_found(self, client, db):
        assert client.get("/meld/ABC-DEF-GHI/").status_code == 404

    def test_the_form_names_every_field_and_hides_the_trap_from_all_readers(self, client, db):
        page = client.get("/meld/").content.decode()

        assert all(f'for="id_{name}"' in page for name in ("link", "text", "email", "website"))
        assert 'aria-hidden="true"' in page and 'tabindex="-1"' in page

    def test_a_colleague_sees_and_places_it_on_the_pages(self, signed_in, item, now, room):
        tip = report(now, link="Et <script>sted", text="Ring 12345678901 <script>")
        browser = signed_in(room.house.officer)

        pages = [browser.get("/moderation/reports/"), browser.get(f"/moderation/reports/{tip.public_id}/")]
        answer = browser.post(f"/moderation/reports/{tip.public_id}/placing/", {"place": LINKS[0]})

        assert [page.status_code for page in pages] == [200, 200]
        assert b"<script>sted" not in pages[1].content
        assert answer.status_code == 303 and Report.objects.exists()

    def test_whoever_works_on_one_page_does_not_see_the_list(self, signed_in, now, room):
        assert signed_in(room.house.administrator).get("/moderation/reports/").status_code == 403
