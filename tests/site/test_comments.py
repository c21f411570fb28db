"""Comments on our own site: written without cookies, taken in as deliveries, shown, answered, hidden and removed."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests import factories
from tests.site.articles import article, stand
from torg.audit.models import AuditEvent
from torg.channels import own_site, processing
from torg.channels import queries as channels
from torg.channels.models import Connection, ConnectionState, RawDelivery
from torg.config.demo import commenting as commenting_in_town
from torg.config.demo.town import MAIN, OFFICER, Town
from torg.connectors.contract import Act, ActKind, Cursor, Gone, PlatformState
from torg.core import clock
from torg.core.actors import Operator
from torg.core.errors import Invalid, InvalidTransition, NotFound, Stale, Unavailable
from torg.dialogue.models import Item, ItemVersion, Post
from torg.people.models import Municipality
from torg.site import addresses, articles, commands, commenting, publication, writers
from torg.site.models import Comment, Comments, CommentState, SitePage

pytestmark = pytest.mark.django_db
BY = Operator("drift")
TEXT = "Blir det gratis for barn?"


@pytest.fixture
def shown(at):
    """An article that people may comment on, and what is shown at once."""
    cache.clear()
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    stand(at=at)
    return open_for(Comments.SHOWN, at=at)


def open_for(choice: Comments, *, at):
    where = factories.presence(at=at)
    wanted = commands.Wanted(choice, presence_id=where.public_id)
    commands.change_choices(wanted=wanted, by=BY, at=at)
    made = article(at=at)
    articles.show(article_id=made, by=BY, at=at)
    return made


def write(made, text=TEXT, *, at, **more) -> Comment:
    return commands.receive_comment(written=commenting.Written(made, text, **more), at=at)


def take_in(at) -> None:
    processing.process_pending(at=at)
    commands.take_in_comments(limit=100, at=at)
    processing.process_pending(at=at)


def page_of(made) -> str:
    row = SitePage.objects.get(path__startswith="/aktuelt/", path__endswith=f"-{addresses.key(made)}/")
    return bytes(row.body).decode()


def act(kind: ActKind, row: Comment, text: str | None = None):
    channel = channels.channel_for(own_site.connection())
    return channel.perform(Act(kind, "nettstedet", target_id=str(row.public_id), text=text))


@pytest.mark.strategy("A2")
def test_a_comment_comes_in_as_a_delivery_and_then_stands_on_the_page(shown, at):
    row = write(shown, name="Kari", at=at)
    assert TEXT not in page_of(shown)

    take_in(at)

    item = Item.objects.get(external_id=str(row.public_id))
    assert (item.text, item.author.name, item.platform_state) == (TEXT, "Kari", "VISIBLE")
    assert TEXT in page_of(shown) and f'id="c-{row.public_id}"' in page_of(shown)
    assert Post.objects.get(external_id=str(shown)).title == "Hallen åpner"
    assert RawDelivery.objects.filter(platform="nettstedet", signature_ok=True).count() == 3
    assert AuditEvent.objects.filter(name="site.comment.received").count() == 1


def test_an_answer_stands_as_ours_and_its_asker_is_told(shown, at, django_capture_on_commit_callbacks):
    row = write(shown, name="Kari", email="kari@eksempel.example", at=at)
    take_in(at)

    with django_capture_on_commit_callbacks(execute=True):
        done = act(ActKind.REPLY, row, "Ja, for alle under 18.")
    processing.process_pending(at=at)

    assert "Ja, for alle under 18." in page_of(shown) and "t-comment--own" in page_of(shown)
    item = Item.objects.get(external_id=done.external_id)
    assert item.is_own and item.thread == Item.objects.get(external_id=str(row.public_id)).thread
    assert [letter.to for letter in mail.outbox] == [["kari@eksempel.example"]]
    assert "kari@" not in page_of(shown) and done.permalink in mail.outbox[0].body


def test_hiding_showing_and_removing_are_really_done(shown, at):
    row = write(shown, at=at)
    take_in(at)

    act(ActKind.HIDE, row)
    assert TEXT not in page_of(shown)
    act(ActKind.UNHIDE, row)
    assert TEXT in page_of(shown)
    act(ActKind.DELETE, row)
    processing.process_pending(at=at)

    row.refresh_from_db()
    assert TEXT not in page_of(shown) and (row.state, row.text) == (CommentState.REMOVED, "")
    item = Item.objects.get(external_id=str(row.public_id))
    assert (item.platform_state, item.text) == ("REMOVED_BY_US", TEXT)
    with pytest.raises(Gone):
        act(ActKind.UNHIDE, row)


def test_a_comment_that_must_be_looked_at_waits_for_somebody_with_the_right(at, client):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=at)
    made = open_for(Comments.HELD, at=at)
    row = write(made, at=at)
    take_in(at)
    assert TEXT not in page_of(made) and Item.objects.get(external_id=str(row.public_id)).platform_state == "HELD"

    stranger = factories.administrator(factories.presence("Annen side", at=at), at=at)
    with pytest.raises(NotFound):
        commands.show_comment(comment_id=row.public_id, seen_at=at, by=stranger, at=at)
    client.force_login(factories.login(factories.officer(at=at)))
    assert TEXT in client.get(reverse("site:comments")).content.decode()
    show, seen = reverse("site:comment-showing", args=[row.public_id]), {"seen_at": row.changed_at.isoformat()}
    with pytest.raises(Stale):
        commands.show_comment(comment_id=row.public_id, seen_at=at - timedelta(seconds=1), by=BY, at=at)
    assert (client.post(show).status_code, client.post(show, seen).status_code) == (422, 303)
    processing.process_pending(at=at)

    assert TEXT in page_of(made)
    assert channels.channel_for(own_site.connection()).state_of(str(row.public_id)) is PlatformState.VISIBLE
    with pytest.raises(NotFound):
        commands.show_comment(comment_id=row.public_id, seen_at=at, by=BY, at=at)


def test_whoever_wrote_it_answers_changes_and_takes_back_by_a_secret_link(shown, at, client):
    row = write(shown, name="Kari", email="kari@eksempel.example", at=at)
    take_in(at)
    act(ActKind.REPLY, row, "Ja, for alle under 18.")
    link = [writers.secret_of(row)]
    own = client.get(reverse("site:own-comment", args=link)).content.decode()
    assert "Ja, for alle under 18." in own and writers.link_of(row) in own

    client.post(reverse("site:own-comment-answer", args=link), {"text": "Tusen takk!"})
    client.post(reverse("site:own-comment-change", args=[*link, row.public_id]), {"text": "Blir det gratis?"})
    assert TEXT not in page_of(shown) and "Blir det gratis?" not in page_of(shown)
    take_in(clock.now())

    assert all(text in page_of(shown) for text in ("Blir det gratis?", "Tusen takk!", "Ja, for alle under 18."))
    item, more = (Item.objects.get(text=text) for text in ("Blir det gratis?", "Tusen takk!"))
    assert list(ItemVersion.objects.filter(item_id=item.pk).order_by("id").values_list("text", flat=True)) == [
        TEXT,
        "Blir det gratis?",
    ]
    assert (more.thread, more.author) == (item.thread, item.author)

    client.post(reverse("site:own-comment-withdrawal", args=[*link, row.public_id]))
    processing.process_pending(at=clock.now())

    item.refresh_from_db()
    assert (item.platform_state, item.text) == ("DELETED_BY_AUTHOR", "Blir det gratis?")
    assert "Blir det gratis?" not in page_of(shown) and "Tusen takk!" in page_of(shown)
    assert not client.cookies and AuditEvent.objects.filter(name="site.comment.taken_back").count() == 1


def test_what_one_wrote_is_taken_back_also_while_the_channel_is_closed_and_told_when_it_opens(shown, at, client):
    row = write(shown, at=at)
    take_in(at)
    site = own_site.connection()
    Connection.objects.filter(pk=site.pk).update(state=ConnectionState.CLOSED, closed_at=at)
    link = [writers.secret_of(row), row.public_id]

    kept = client.post(reverse("site:own-comment-change", args=link), {"text": "Nytt"})
    taken = client.post(reverse("site:own-comment-withdrawal", args=link))

    row.refresh_from_db()
    assert (kept.status_code, taken.status_code, row.state, row.text) == (503, 303, CommentState.TAKEN_BACK, "")
    assert TEXT not in page_of(shown)
    told = channels.channel_for(site).poll(Cursor("comments")).events
    assert told[-1].external_id == str(row.public_id)
    assert told[-1].platform_state is PlatformState.DELETED_BY_AUTHOR


def test_a_wrong_link_another_branch_and_what_we_have_hidden_cannot_be_changed(shown, at):
    row, other = write(shown, at=at), write(shown, "Noe annet.", at=at)
    take_in(at)
    given = {"secret": writers.secret_of(row), "text": "Nytt", "at": at}

    with pytest.raises(NotFound):
        commands.change_comment(**{**given, "secret": "gjetning"}, comment_id=row.public_id)
    with pytest.raises(NotFound):
        commands.change_comment(**given, comment_id=other.public_id)
    with pytest.raises(Invalid):
        commands.answer_in_branch(**{**given, "text": " "})
    act(ActKind.HIDE, row)
    with pytest.raises(InvalidTransition):
        commands.change_comment(**given, comment_id=row.public_id)
    with pytest.raises(Invalid):
        commands.answer_in_branch(**given)
    assert "Nytt" not in page_of(shown)


def test_what_is_taken_back_or_hidden_before_it_is_taken_in_stays_so_and_stops_nobody_else(shown, at):
    gone, changed, hidden, other = (write(shown, f"{TEXT} {number}", at=at) for number in range(4))
    for row in (gone, changed):
        if row == changed:
            secret = writers.secret_of(row)
            commands.change_comment(secret=secret, comment_id=row.public_id, text="Noe annet", at=at)
        commands.take_back_comment(secret=writers.secret_of(row), comment_id=row.public_id, at=at)
    act(ActKind.HIDE, hidden)

    take_in(at)

    states = [Comment.objects.get(pk=row.pk).state for row in (gone, changed, hidden, other)]
    assert states == ["TAKEN_BACK", "TAKEN_BACK", "HIDDEN", "SHOWN"]
    assert other.text in page_of(shown) and hidden.text not in page_of(shown)
    assert not Comment.objects.filter(is_taken_in=False).exists()


@pytest.mark.parametrize("text", ["Fødselsnummeret hans er 01010012356.", "Jeg skal drepe deg, jævla idiot."])
def test_what_is_masked_or_gives_reason_to_look_waits_even_where_comments_are_shown_at_once(shown, at, text):
    row = write(shown, text, at=at)

    take_in(at)

    row.refresh_from_db()
    assert (row.is_taken_in, row.state) == (True, CommentState.HELD)
    assert text not in page_of(shown)


def test_closed_comments_unknown_articles_and_empty_texts_are_refused(shown, at):
    commands.change_choices(wanted=commands.Wanted(Comments.CLOSED), by=BY, at=at)
    with pytest.raises(Unavailable):
        write(shown, at=at)
    commands.change_choices(wanted=commands.Wanted(Comments.SHOWN), by=BY, at=at)
    with pytest.raises(Invalid):
        write(shown, "  ", at=at)
    with pytest.raises(NotFound):
        write(own_site.connection().public_id, at=at)


def test_the_form_is_looked_through_once_and_sets_no_cookie(shown, client, monkeypatch):
    address = reverse("site:comment", args=[shown])
    given = {"text": TEXT, "name": "Kari", "email": "", "language": "nb"}

    monkeypatch.setattr(commenting, "FASTEST", timedelta(minutes=5))
    looked = client.post(address, given)
    stamp = re.search(r'name="opened" value="([^"]+)"', looked.content.decode())[1]
    too_fast = client.post(address, {**given, "opened": stamp})
    changed = client.post(address, {**given, "text": "Noe annet", "opened": stamp})
    monkeypatch.setattr(commenting, "FASTEST", timedelta(0))
    sent = client.post(address, {**given, "opened": stamp})
    thanks = client.get(sent.headers["Location"])

    assert [one.status_code for one in (looked, too_fast, changed, sent, thanks)] == [200, 422, 422, 303, 200]
    assert TEXT in thanks.content.decode() and thanks.headers["Referrer-Policy"] == "same-origin"
    assert Comment.objects.get().text == TEXT
    assert not client.cookies and b"<script" not in looked.content


def test_a_machine_that_fills_in_what_nobody_sees_or_writes_without_end_is_stopped(shown, client, at):
    address = reverse("site:comment", args=[shown])

    filled = client.post(address, {"text": TEXT, "website": "x", "language": "nb"})
    with pytest.raises(Unavailable):
        for _ in range(commenting.MOST + 1):
            commenting.count("192.0.2.1")

    assert filled.status_code == 422 and not Comment.objects.exists()


def test_what_looks_private_is_pointed_out_before_it_is_sent(shown, client):
    given = {"text": "Mitt nummer er 01010012356.", "language": "nb"}

    looked = client.post(reverse("site:comment", args=[shown]), given)

    assert 'role="alert"' in looked.content.decode()


def test_the_demonstration_shows_a_comment_with_our_answer(at):
    officer = factories.officer(at=at)
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=at)
    made = article(at=at)
    town = Town(people={OFFICER: officer}, pages={MAIN: factories.presence(at=at)})

    commenting_in_town.comment(town, at=at)

    assert commenting_in_town.ANSWER in page_of(made) and "Ronja Regnbye" in page_of(made)
