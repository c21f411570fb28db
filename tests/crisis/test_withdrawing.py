"""What carries a statement changes with it only; and a statement that is taken back is taken back everywhere."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.crisis.conftest import ENGLISH, TEXT, platforms, send_all
from tests.crisis.test_incidents import page
from tests.inbox.conftest import audited
from torg.core.actors import Operator
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.crisis import commands, queries, recording
from torg.crisis.models import Statement, StatementWithdrawal
from torg.crisis.types import Wording
from torg.outbox.models import OutboxAct
from torg.publishing import commands as publishing
from torg.publishing.models import Article, ArticleState, ArticleText, ChannelPost
from torg.publishing.queries.versions import content_of, version_of
from torg.publishing.types import Approval, Moment
from torg.records.models import JournalEntry
from torg.site import commands as site
from torg.site.freshness import Freshness
from torg.site.models import Comments, SitePage
from torg.site.pages import StoredPages

pytestmark = pytest.mark.django_db


def held_together() -> None:
    """What the database asks at each commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_no_command_of_publishing_changes_what_carries_a_statement(crisis):
    row = crisis.stated(crisis.open())
    send_all(crisis.at)
    article = Article.objects.get(public_id=row.article_id)
    one, by = {"article_id": article.public_id}, {"by": crisis.house.officer, "at": crisis.at}
    mine = Approval(crisis.house.officer.public_id, "rule", row.incident.public_id)
    said = content_of(version_of(article))

    for act in (
        lambda: publishing.save_version(**one, content=said, seen_number=1, **by),
        lambda: publishing.submit(**one, **by),
        lambda: publishing.approve(**one, number=1, **by),
        lambda: publishing.send_back(**one, reason="Nei", **by),
        lambda: publishing.override_gate(**one, number=1, codes=["a"], reason="Nå", **by),
        lambda: publishing.plan(**one, moment=Moment(crisis.at.date(), crisis.at.time()), **by),
        lambda: publishing.publish(**one, number=1, **by),
        lambda: publishing.publish_now(**one, version=1, targets=None, approval=mine, **by),
        lambda: publishing.publish_correction(**one, number=1, told={"nb": "x"}, **by),
        lambda: publishing.withdraw_article(**one, reason="Feil", **by),
        lambda: publishing.delete_post(post_id=article.posts.first().public_id, reason="Feil", **by),
        lambda: publishing.drop(**one, **by),
    ):
        with pytest.raises(InvalidTransition, match="1"):
            act()
    assert publishing.comment(**one, text="Sett av meg.", **by).pk


def test_the_database_lets_no_article_say_other_than_its_statement(crisis):
    row = crisis.stated(crisis.open())
    other = crisis.stated(row.incident, body="Hent vann på torget.")
    article = Article.objects.filter(public_id=row.article_id)
    held_together()

    for act in (
        lambda: article.update(state=ArticleState.WITHDRAWN, withdrawn_at=crisis.at),
        lambda: article.update(newest_number=2),
        lambda: article.update(kind="ARTICLE", incident_id=None, number=None),
        lambda: Statement.objects.filter(pk=row.pk).update(state="WITHDRAWN"),
        lambda: Statement.objects.filter(pk=row.pk).update(article_id=None),
        lambda: unsaid(crisis, other),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
            article.update(corrected_at=None)
            held_together()


def unsaid(crisis, row) -> None:
    """What is out, said in one more language past the room; the article itself is left as it is."""
    version = version_of(Article.objects.get(public_id=row.article_id))
    ArticleText.objects.create(version=version, language="nn", title="Nei", confirmed_number=1)


def showing(text: str) -> set[str]:
    """The addresses of our own site on which it stands: pages, feeds, files and the box for other web sites."""
    rows = SitePage.objects.filter(withdrawn_at=None)
    return {row.path for row in rows if text in bytes(row.body).decode(errors="ignore")}


def hub_told() -> int:
    return OutboxAct.objects.filter(handler="site.websub").count()


@pytest.mark.strategy("A8")
def test_pages_feeds_files_and_copies_follow_a_correction_and_a_withdrawal(crisis, tmp_path):
    hub = site.Wanted(Comments.CLOSED, hub="https://hub.example/")
    site.change_choices(wanted=hub, by=Operator("test"), at=crisis.at)
    pages = StoredPages(tmp_path)
    process, title = Freshness(pages), "Kok drikkevannet"
    row = crisis.stated(crisis.open())
    process.refresh(at=crisis.at)
    told, before = hub_told(), showing(TEXT)
    lists = {"/", "/aktuelt/", "/aktuelt/feed.json", "/aktuelt/rss.xml", "/aktuelt/atom.xml", "/boks/"}
    assert "/status/" in before and lists <= showing(": Kok vannet") and told
    assert any(path.endswith(f"{row.article_id}.json") for path in before)

    texts = {"nb": Wording(title, TEXT.replace("tre", "fem")), "en": ENGLISH}
    commands.correct_statement(
        statement_id=row.public_id,
        texts=texts,
        told={"nb": "Fem."},
        seen_version=1,
        fitting={"en"},
        by=crisis.deputy,
        at=crisis.at,
    )
    corrected = hub_told()
    assert showing(TEXT) == set() and showing(texts["nb"].body) == before and lists <= showing(title)
    crisis.withdraw(row)
    process.refresh(at=crisis.at)

    assert showing(title) == showing(texts["nb"].body) == set() and told < corrected < hub_told()
    _start, body = pages.find({"method": "GET", "path": "/status/", "headers": []})
    assert "Vannet i Storvik er trygt." in body["body"].decode() and title not in body["body"].decode()


@pytest.mark.strategy("A8")
def test_what_is_withdrawn_leaves_every_page_and_keeps_its_number(crisis):
    row = crisis.stated(crisis.open())
    send_all(crisis.at)
    crisis.at += timedelta(minutes=20)

    taken = crisis.withdraw(row, told={"nb": "Vannet er trygt.", "en": "The water is safe."})
    held_together()
    while send_all(crisis.at):
        continue

    assert taken.state == "WITHDRAWN" and audited("crisis.statement.withdrawn") == 1
    status = page("/status/")
    assert TEXT not in status and "Kunngjøring 1" in status and "Vannet er trygt." in status and "10:20" in status
    assert "The water is safe." in page("/en/status/") and ENGLISH.body not in page("/en/status/")
    assert showing(TEXT) == showing(ENGLISH.body) == set()
    assert {post.state for post in ChannelPost.objects.all()} == {"DELETED"}
    assert {thing.state.value for one in platforms.values() for thing in one.things.values()} == {"removed-by-us"}
    assert crisis.stated(row.incident, body="Prøvene er fine.").number == 2
    assert queries.after_action(row.incident, at=crisis.at).statements == 2


def test_a_post_that_came_or_stayed_after_its_statement_was_withdrawn_is_deleted_by_hand(crisis, browser):
    row = crisis.stated(crisis.open())
    post = ChannelPost.objects.order_by("pk").first()
    OutboxAct.objects.filter(public_id=post.act_id).update(state="SENDING")
    crisis.withdraw(row)
    OutboxAct.objects.filter(public_id=post.act_id).update(state="PLANNED")
    send_all(crisis.at)
    landed = ChannelPost.objects.get(pk=post.pk).state
    client = browser(crisis.house.officer)

    shown = client.get(reverse("publishing:article", args=[row.article_id])).content.decode()
    client.post(reverse("publishing:deletion", args=[post.public_id]), {"reason": "Kunngjøringen er trukket tilbake."})
    send_all(crisis.at)

    assert landed == "PUBLISHED" and reverse("publishing:deletion", args=[post.public_id]) in shown
    assert ChannelPost.objects.get(pk=post.pk).state == "DELETED"


def test_a_statement_is_withdrawn_once_with_words_by_those_who_may(crisis):
    incident = crisis.open()
    row, draft = crisis.stated(incident), crisis.drafted(incident)
    crisis.seat(incident, crisis.house.contributor)

    for changes, refusal in (
        ({"reason": " "}, Invalid),
        ({"told": {"en": "Only English."}}, Invalid),
        ({"by": crisis.house.contributor}, NotAllowed),
        ({"by": crisis.house.stranger}, NotFound),
    ):
        with pytest.raises(refusal):
            crisis.withdraw(row, **changes)
    with pytest.raises(InvalidTransition):
        crisis.withdraw(draft)
    crisis.withdraw(row)
    with pytest.raises(InvalidTransition):
        crisis.withdraw(row, by=crisis.deputy)
    with pytest.raises(InvalidTransition):
        commands.correct_statement(
            statement_id=row.public_id,
            texts={"nb": Wording("Kok", "Fem.")},
            told={"nb": "Fem."},
            seen_version=1,
            by=crisis.deputy,
            at=crisis.at,
        )


def test_where_nobody_approves_their_own_words_it_is_withdrawn_without_any(crisis):
    incident = crisis.open(allows_own_approval=False)
    row = crisis.publish(crisis.drafted(incident, by=crisis.deputy))

    with pytest.raises(NotAllowed):
        crisis.withdraw(row)
    crisis.withdraw(row, told={})

    assert StatementWithdrawal.objects.get().told == {} and TEXT not in page("/status/")
    assert "Kunngjøring 1" in page("/status/")


def test_what_is_withdrawn_after_it_is_over_is_journaled_beside_it(crisis):
    incident = crisis.open()
    row = crisis.stated(incident)
    crisis.close(incident)

    crisis.withdraw(row, deletes_posts=False)

    first, second = JournalEntry.objects.order_by("id")
    assert first.case_file_id == second.case_file_id and "Feil sted." in str(
        [item.versions[0].text for item in recording.snapshot_of(row.incident, at=crisis.at).items]
    )
    assert TEXT not in page("/status/") and not OutboxAct.objects.filter(kind="delete").exists()


def test_an_exercise_practises_it_too_and_touches_no_page(crisis):
    row = crisis.stated(crisis.exercise())

    crisis.withdraw(row)

    assert queries.status_page(row.incident, "nb").statements[0].withdrawn.text == "Vannet i Storvik er trygt."
    assert not Article.objects.exists() and not OutboxAct.objects.exclude(handler="crisis.sandbox").exists()
