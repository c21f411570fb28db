"""What reaches the platforms, how each outcome is told, and the ground that a deletion needs."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.media import pictures
from tests.media.conftest import Library
from tests.publishing.conftest import furnish, sent
from tests.publishing.content import content
from torg.connectors.contract import ActKind, Ambiguous, CredentialsDead, Picture, Refused, Temporary
from torg.core.errors import DomainError, Invalid, InvalidTransition
from torg.dialogue.models import Post
from torg.media import commands as media
from torg.media import copies
from torg.media.shapes import SHAPES, Box
from torg.media.types import ConsentChannel, Description, People, Rights
from torg.outbox import sending
from torg.outbox.models import ActState, OutboxAct
from torg.outbox.outcomes import of_error
from torg.outbox.writing import write
from torg.publishing import commands, going_out, previewing, uses
from torg.publishing.commands.posts import SENDING
from torg.publishing.models import ChannelPost, PostState, PostWithdrawal
from torg.publishing.queries import plan as queries
from torg.publishing.queries.versions import version_of
from torg.publishing.types import ChannelWords, PictureUse


def states(article) -> list[str]:
    return [post.state for post in queries.posts_of(article)]


def added(newsroom, **changes):
    told = Description(newsroom.page.scope_id, "Torget", Rights("Kari Prøve"), **changes)
    return media.add(data=pictures.jpeg(1300, 700), description=told, by=newsroom.approver, at=newsroom.at)


def with_picture(newsroom, medium, **changes):
    said = ChannelWords(newsroom.channels[0].public_id, "Se torget.", picture_ids=(medium.public_id,))
    picture = PictureUse(medium.public_id, alts={"nb": "Torget i sol"})
    article = commands.add_idea(scope_id=newsroom.page.scope_id, title="Torget", by=newsroom.writer, at=newsroom.at)
    newsroom.write(article, content(pictures=[picture], channels=[said], **changes))
    return newsroom.now(article)


@pytest.mark.strategy("A1")
def test_the_picture_reaches_the_platform_as_previewed_with_its_text_alternative_and_the_link(newsroom, at):
    medium = added(newsroom)
    focus = {"medium_id": medium.public_id, "by": newsroom.approver, "at": at}
    media.choose_focus(**focus, x=500, y=500)
    media.choose_focus(**focus, x=500, y=0, shape="shared-link")
    article = with_picture(newsroom, medium)
    previewed = previewing.posts(article, version_of(article))[0].pictures[0]
    commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)
    newsroom.approve(article)
    newsroom.publish(article)

    sent(at)

    act = newsroom.platform().performed[0]
    assert act.text == "Se torget.\n\nhttps://eksempelvik.example/aktuelt/svommehallen-apner/"
    assert isinstance(act.pictures[0], Picture)
    assert (act.pictures[0].alt_text, act.pictures[0].media_type) == ("Torget i sol", "image/jpeg")
    assert b"Telefonen til Kari" not in act.pictures[0].content
    assert (previewed.box, previewed.alt) == (Box(0, 0, 1300, 682), "Torget i sol")
    assert act.pictures[0].content == copies.published_copy(medium, shape=SHAPES["shared-link"][0]).data
    assert [use.public_id for use in uses.uses_of(medium_ids=[medium.pk])] == [article.public_id]


def test_a_consent_that_is_withdrawn_after_planning_stops_the_post(newsroom, at):
    medium = added(newsroom, people=People.CONSENT)
    library = Library(newsroom.page, newsroom.approver, at)
    consent = library.consent(channels=[ConsentChannel.WEBSITE, ConsentChannel.SOCIAL])
    media.note_depiction(medium_id=medium.public_id, consent_id=consent.public_id, by=newsroom.approver, at=at)
    article = with_picture(newsroom, medium)
    commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)
    newsroom.approve(article)
    newsroom.publish(article)

    media.withdraw_consent(consent_id=consent.public_id, by=newsroom.approver, at=at)
    sent(at)

    assert states(article) == [PostState.STOPPED]
    assert newsroom.platform().performed == []


def test_published_in_three_of_four_and_the_fourth_is_tried_again(newsroom, at):
    newsroom.platform(2).fail(CredentialsDead("Nøkkelen er død.", code="190"))
    article = newsroom.published(channels=4)

    sent(at)

    assert states(article).count(PostState.PUBLISHED) == 3
    stopped = queries.posts_of(article)[2]
    assert stopped.state == PostState.STOPPED
    newsroom.channels[2].__class__.objects.filter(pk=newsroom.channels[2].pk).update(state="ACTIVE", problem="")
    commands.retry_post(post_id=stopped.public_id, by=newsroom.writer, at=at)
    sent(at)
    assert states(article) == [PostState.PUBLISHED] * 4
    assert len(newsroom.platform(0).things) == 1


def test_an_answer_that_is_lost_is_looked_up_and_nothing_is_published_twice(newsroom, at):
    newsroom.platform().fail(Ambiguous("Ikke noe svar."), takes_effect=True)
    article = newsroom.published()

    sent(at)
    assert states(article) == [PostState.UNCONFIRMED]
    sending.look_due(at=at + timedelta(minutes=1))

    assert states(article) == [PostState.PUBLISHED]
    assert len(newsroom.platform().things) == 1


def test_what_is_corrected_while_its_post_is_on_the_way_is_corrected_there_when_it_has_come(newsroom, at):
    article = newsroom.published()
    newsroom.platform().fail(Ambiguous("Ikke noe svar."), takes_effect=True)
    sent(at)
    newsroom.rewritten(article, "Svømmehallen åpner på tirsdag.")
    newsroom.approve(article)
    number = newsroom.now(article).newest_number
    commands.publish_correction(
        article_id=article.public_id, number=number, told={"nb": "Tirsdag."}, by=newsroom.writer, at=at
    )
    too_early = OutboxAct.objects.filter(kind=ActKind.EDIT).count()

    sending.look_due(at=at + timedelta(minutes=1))
    asked_for = ProcrastinateJob.objects.get(task_name="publishing.carry_correction").args
    commands.carry_correction(post_id=asked_for["post_id"], by=newsroom.writer, at=at)
    sent(at + timedelta(minutes=1))

    assert (too_early, len(newsroom.platform().things)) == (0, 1)
    assert newsroom.platform().performed[-1].text.startswith("Svømmehallen åpner på tirsdag.")


def test_a_post_in_the_air_when_its_article_is_withdrawn_is_deleted_when_it_has_landed(newsroom, at):
    newsroom.platform().fail(Ambiguous("Ikke noe svar."), takes_effect=True)
    article = newsroom.published()
    sent(at)
    commands.withdraw_article(
        article_id=article.public_id, reason="Feil sak", deletes_posts=True, by=newsroom.writer, at=at
    )
    post = queries.posts_of(article)[0]
    commands.retry_post(post_id=post.public_id, by=newsroom.writer, at=at)

    sending.look_due(at=at + timedelta(minutes=1))
    asked_for = ProcrastinateJob.objects.get(task_name="publishing.delete_landed").args
    commands.delete_landed_post(post_id=asked_for["post_id"], by=SENDING, at=at + timedelta(minutes=1))
    sent(at + timedelta(minutes=1))

    assert states(article) == [PostState.DELETED]
    assert newsroom.platform().performed[-1].kind == ActKind.DELETE
    assert (
        PostWithdrawal.objects.get(external_id=queries.posts_of(article)[0].external_id).decided_by == newsroom.writer
    )


def test_a_post_that_lands_after_its_article_was_withdrawn_without_its_posts_is_left_there(newsroom, at):
    newsroom.platform().fail(Ambiguous("Ikke noe svar."), takes_effect=True)
    article = newsroom.published()
    sent(at)
    commands.withdraw_article(article_id=article.public_id, reason="Feil sak", by=newsroom.writer, at=at)
    sending.look_due(at=at + timedelta(minutes=1))

    is_deleted = commands.delete_landed_post(
        post_id=queries.posts_of(article)[0].public_id, by=SENDING, at=at + timedelta(minutes=1)
    )

    assert (is_deleted, states(article)) == (False, [PostState.PUBLISHED])


def test_a_post_that_was_to_be_tried_again_is_not_once_its_article_is_withdrawn(newsroom, at):
    article = newsroom.published()
    act = OutboxAct.objects.get()
    act.move_to(ActState.SENDING)
    act.save()
    commands.withdraw_article(article_id=article.public_id, reason="Feil sak", by=newsroom.writer, at=at)

    write(act, of_error(Temporary("Opptatt."), attempts=1, at=at), at=at)
    sent(at + timedelta(days=1))

    assert states(article) == [PostState.GIVEN_UP]
    assert newsroom.platform().performed == []


def test_a_refusal_is_told_and_can_be_given_up(newsroom, at):
    newsroom.platform().fail(Refused("Nei."))
    article = newsroom.published()
    sent(at)
    post = queries.posts_of(article)[0]

    commands.give_up_post(post_id=post.public_id, by=newsroom.writer, at=at)

    assert states(article) == [PostState.GIVEN_UP]
    with pytest.raises(InvalidTransition):
        commands.retry_post(post_id=post.public_id, by=newsroom.writer, at=at)


def test_our_own_post_is_deleted_with_a_reason_and_the_article_stands(newsroom, at):
    article = newsroom.published()
    sent(at)
    post = queries.posts_of(article)[0]

    with pytest.raises(Invalid):
        commands.delete_post(post_id=post.public_id, reason=" ", by=newsroom.writer, at=at)
    commands.delete_post(post_id=post.public_id, reason="Feil dato", by=newsroom.writer, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    sent(at)

    assert states(article) == [PostState.DELETED]
    assert newsroom.now(article).state == "PUBLISHED"
    assert PostWithdrawal.objects.get().reason == "Feil dato"


@pytest.mark.parametrize(
    ("spoil", "lacks"),
    [
        ("no withdrawal", "a withdrawal that says why"),
        ("another target", "a post of our own"),
        ("never published", "a post that we have published"),
        ("somebody else's", "a text that nobody else wrote"),
        ("no post", "a post of our own"),
    ],
)
def test_the_database_lets_no_deletion_leave_on_another_ground(newsroom, at, spoil, lacks):
    article = newsroom.published()
    if spoil != "never published":
        sent(at)
    post = queries.posts_of(article)[0]
    if spoil == "never published":
        ChannelPost.objects.filter(pk=post.pk).update(external_id="fremmed_1")
        post.refresh_from_db()
    if spoil != "no withdrawal":
        PostWithdrawal.objects.create(
            post=post, external_id=post.external_id, reason="Feil", decided_by=newsroom.writer, decided_at=at
        )
    if spoil == "somebody else's":
        Post.objects.create(
            scope_id=post.scope_id,
            connection=post.connection,
            external_id=post.external_id,
            posted_at=at,
            received_at=at,
        )
    act = going_out.act_for(post, ActKind.DELETE, {})
    fields = {"subject_id": post.public_id, "target": post.external_id}
    if spoil == "another target":
        fields["target"] = "en_annens_kommentar"
    if spoil == "no post":
        fields["subject_id"] = article.public_id
    payload = {"connection": act.payload["connection"], "act": {**act.payload["act"], "target_id": fields["target"]}}

    with pytest.raises(IntegrityError, match=lacks), transaction.atomic():
        OutboxAct.objects.create(
            handler=act.handler,
            kind="delete",
            scope_id=act.scope_id,
            serial_key=act.serial_key,
            subject_kind=going_out.SUBJECT,
            subject_id=fields["subject_id"],
            payload=payload,
            planned_at=at,
            next_attempt_at=at,
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_publishing_twice_at_once_publishes_once(fresh_database, at, settings):
    newsroom = furnish(at, settings)
    article = newsroom.approved()
    outcomes: list[str] = []
    begin = threading.Barrier(2)

    def press():
        begin.wait()
        try:
            newsroom.publish(article)
            outcomes.append("published")
        except DomainError as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(outcomes) == ["InvalidTransition", "published"]
    assert OutboxAct.objects.filter(kind="publish").count() == 1
