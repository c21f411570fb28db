"""The pages of publishing, without a script: an idea becomes an article that is out, and everything on the way."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.publishing.conftest import local_page, sent
from tests.publishing.content import body
from torg.core import clock
from torg.desk.queries import today
from torg.people.models import Unit
from torg.people.types import Role
from torg.publishing import commands, queries
from torg.publishing.models import Article, ArticleState, Order, PostTip, Series, WishState

PAGES = ["plan", "calendar", "new", "figures", "orders", "tips", "settings", "rules", "series"]


def browser(person) -> Client:
    client = Client()
    login = person.logins.first() or factories.login(person)
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def room(newsroom):
    """The newsroom now: pages read the clock."""
    newsroom.at = clock.now()
    return newsroom


def post(client, name, *args, **typed):
    return client.post(reverse(f"publishing:{name}", args=args), typed)


@pytest.mark.strategy("A1")
def test_an_idea_becomes_an_article_that_another_approves_and_that_is_published(room):
    writer, approver = browser(room.writer), browser(room.approver)
    post(writer, "new", presence=room.page.public_id, title="Svømmehallen åpner")
    article = Article.objects.get()
    channel = f"channel_{room.channels[0].public_id.hex}"
    typed = {
        "seen_number": 0,
        "main_language": "nb",
        "title_nb": "Svømmehallen åpner",
        "lead_nb": "På mandag.",
        "body_nb": "## Åpent\r\n\r\nVelkommen.",
        f"{channel}_use": "on",
        f"{channel}_text": "Hallen åpner!",
        **{f"channel_{one.public_id.hex}_language": "nb" for one in room.channels},
    }

    assert post(writer, "edit", article.public_id, **typed).status_code == 303
    assert post(writer, "submission", article.public_id).status_code == 303
    assert post(writer, "approvals", article.public_id, number=1).status_code == 403
    assert post(approver, "approvals", article.public_id, number=1).status_code == 303
    assert post(writer, "publication", article.public_id, number=1).status_code == 303

    sent(clock.now())
    shown = writer.get(reverse("publishing:article", args=[article.public_id])).content.decode()
    assert "https://eksempelvik.example" not in shown or "Hallen åpner!" in shown
    assert queries.published_one(article.public_id).html == "<h2>Åpent</h2>\n<p>Velkommen.</p>\n"
    assert [row.state for row in queries.posts_of(article)] == ["PUBLISHED"]


def test_each_page_opens_with_and_without_anything_to_show(room, django_assert_max_num_queries):
    client = browser(room.officer)
    assert {client.get(reverse(f"publishing:{name}")).status_code for name in PAGES} == {200}

    room.published(channels=2)
    room.written()
    commands.set_topic(names=["Kultur", "Kultur", "Culture"], by=room.officer, at=room.at)
    commands.set_goal(names=["Stolthet"] * 3, wanted_percent=20, by=room.officer, at=room.at)

    for name in PAGES:
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"publishing:{name}")).status_code == 200
    assert client.get(f"{reverse('publishing:calendar')}?view=week&day=tull").status_code == 200


def test_the_page_of_an_article_says_what_the_gate_refuses_and_the_officer_lets_it_past(room):
    article = room.written()
    room.write(article, body("[Klikk her](https://a.example)"))
    officer = browser(room.officer)

    shown = officer.get(reverse("publishing:article", args=[article.public_id])).content.decode()
    assert 'value="link_vague"' in shown
    given = {"number": 2, "codes": ["link_vague"], "reason": "Haster"}

    assert post(browser(room.approver), "override", article.public_id, **given).status_code == 403
    assert post(officer, "override", article.public_id, **given).status_code == 303
    assert post(browser(room.writer), "submission", article.public_id).status_code == 303


def test_who_writes_sees_what_is_wrong_beside_the_text_and_is_led_to_the_field(room):
    article = room.written()
    room.write(article, body("[Klikk her](https://a.example)"))
    writer = browser(room.writer)

    edit = writer.get(reverse("publishing:edit", args=[article.public_id])).content.decode()

    assert 'href="#id_body_nb"' in edit and 'id="id_body_nb"' in edit
    shown = writer.get(reverse("publishing:article", args=[article.public_id])).content.decode()
    assert f'href="{reverse("publishing:edit", args=[article.public_id])}#id_body_nb"' in shown


def test_the_first_page_tells_whoever_approves_or_has_a_task_that_it_waits_for_them(room):
    article = room.written()
    commands.submit(article_id=article.public_id, by=room.writer, at=room.at)
    commands.assign(article_id=article.public_id, person=room.writer, task="Finn et bilde", by=room.officer, at=room.at)

    numbers = {who: today.today(who, at=room.at).numbers for who in (room.approver, room.writer)}

    assert (numbers[room.approver]["articles"], numbers[room.approver]["tasks"]) == (1, 0)
    assert (numbers[room.writer]["articles"], numbers[room.writer]["tasks"]) == (0, 1)
    assert "Finn et bilde" in browser(room.writer).get(reverse("publishing:plan")).content.decode()


def test_moving_in_the_calendar_needs_no_script(room):
    article = room.written()
    day = (room.at + timedelta(days=3)).date()
    client = browser(room.writer)

    answer = post(client, "moment", article.public_id, day=day.isoformat(), clock="10:30", from_day=day.isoformat())

    assert answer.status_code == 303
    assert f"day={day.isoformat()}" in answer.headers["Location"]
    assert room.now(article).planned_on == day
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'draggable="true"' in page
    assert "10:30" in page
    assert post(client, "no-moment", article.public_id).status_code == 303


@pytest.mark.strategy("A6", "A7")
def test_what_it_is_for_is_chosen_on_its_page(room):
    goal = commands.set_goal(names=["Rekruttere"] * 3, by=room.officer, at=room.at)
    group = commands.set_group(names=["Unge"] * 3, by=room.officer, at=room.at)
    article = room.written()

    post(browser(room.writer), "planning", article.public_id, goal=goal.public_id, groups=[group.public_id])

    assert room.now(article).goal == goal
    assert list(room.now(article).groups.all()) == [group]


@pytest.mark.strategy("C3", "C4")
def test_an_order_and_a_tip_become_ideas_in_one_press(room):
    kino = local_page(room.at)
    runs_kino = factories.administrator(kino, at=room.at, name="Kine Kino")
    unit = factories.person("Uten flate")
    school = Unit.objects.create(name="Skolen")
    told = commands.add_idea(scope_id=kino.scope_id, title="Ukens film", by=runs_kino, at=room.at)

    post(browser(unit), "orders", unit=school.public_id, title="Skolestart", wish="Husk sekk.")
    post(browser(runs_kino), "tip-new", source_kind="publishing.article", source_id=told.public_id)
    post(browser(runs_kino), "tip-new", source_kind="publishing.article", source_id=told.public_id)
    client = browser(room.writer)
    assert post(client, "order-taking", Order.objects.get().public_id).status_code == 303
    assert post(client, "tip-taking", PostTip.objects.get().public_id).status_code == 303

    ideas = Article.objects.filter(scope_id=room.page.scope_id, state=ArticleState.IDEA)
    assert set(ideas.values_list("title", flat=True)) == {"Skolestart", "Ukens film"}
    wished = ideas.get(title="Skolestart").public_id
    for name in ("edit", "article"):
        assert "Husk sekk." in client.get(reverse(f"publishing:{name}", args=[wished])).content.decode()
    assert post(client, "order-declining", Order.objects.get().public_id, answer="Nei").status_code == 409
    assert browser(unit).get(reverse("publishing:orders")).status_code == 200
    assert post(browser(unit), "tip-new", source_kind="dialogue.post", source_id=told.public_id).status_code == 403


def test_an_order_can_be_declined_with_a_reason(room):
    wish = commands.Wish(unit_id=Unit.objects.create(name="Skolen").public_id, title="Noe", wish="Noe mer")
    made = commands.order(wish=wish, by=room.writer, at=room.at)

    assert post(browser(room.approver), "order-declining", made.public_id, answer="").status_code == 422
    post(browser(room.approver), "order-declining", made.public_id, answer="Står allerede på siden.")

    made.refresh_from_db()
    assert (made.state, made.answer) == (WishState.DECLINED, "Står allerede på siden.")


def test_what_is_decided_is_decided_by_those_who_answer_for_it(room):
    officer, writer = browser(room.officer), browser(room.writer)
    names = {"name_nb": "Helse", "name_nn": "Helse", "name_en": "Health"}

    assert post(writer, "names", "topics", **names).status_code == 403
    assert post(officer, "names", "topics", **names).status_code == 303
    assert post(officer, "names", "topics", **names).status_code == 422
    assert post(officer, "rules", approvals_needed="2", alone_roles=["OFFICER"]).status_code == 303
    assert post(officer, "reading", warn_above=40, refuse_above=50).status_code == 303
    assert post(officer, "reading", warn_above=60, refuse_above=50).status_code == 422
    series = {"presence": room.page.public_id, "title": "Ukens bok", "weekday": "3", "clock": "10:00"}
    assert post(writer, "series", **series).status_code == 303
    assert post(writer, "series-ending", Series.objects.get().public_id).status_code == 303
    assert officer.get(reverse("publishing:settings")).status_code == 200


def test_the_calendar_file_is_for_whoever_has_the_address(room):
    client = browser(room.writer)
    page = post(client, "feed").content.decode()
    address = page.split("<code>")[1].split("</code>")[0]
    path = "/publishing" + address.split("/publishing", 1)[1]

    told = Client().get(path)

    assert told.headers["Content-Type"].startswith("text/calendar")
    assert told.content.startswith(b"BEGIN:VCALENDAR")
    post(client, "feed-closing")
    assert Client().get(path).status_code == 404


def test_a_page_of_another_is_absent(room):
    article = room.written()
    stranger = factories.person("Annen Side")
    factories.role(stranger, Role.PAGE_ADMINISTRATOR, at=room.at, scope=local_page(room.at).scope)
    client = browser(stranger)

    for name in ("article", "edit"):
        assert client.get(reverse(f"publishing:{name}", args=[article.public_id])).status_code == 404
    assert post(client, "comments", article.public_id, text="Hei").status_code == 404
    assert article.title not in client.get(reverse("publishing:plan")).content.decode()
