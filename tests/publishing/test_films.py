"""A film's captions, picture and text are part of what is approved, and go with it to our site and to channels."""

from dataclasses import replace
from datetime import timedelta

import pytest
from devtools.graph_standin.server import Standin
from django.urls import reverse

from tests import factories
from tests.media import films, pictures
from tests.media.conftest import Library
from tests.publishing.conftest import PLATFORMS, Newsroom, sent
from torg.connectors.channels.facebook import connector as facebook
from torg.connectors.channels.facebook.graph import Access
from torg.connectors.contract import ActKind, Ambiguous
from torg.core import clock
from torg.core.errors import InvalidTransition, NotFound
from torg.media import commands as media
from torg.media import tasks
from torg.media.models import Captions, Medium
from torg.media.queries import pins_of
from torg.media.types import ConsentChannel, Description, People, Rights
from torg.outbox import sending
from torg.outbox.models import OutboxAct
from torg.publishing import checking, commands, previewing, uses
from torg.publishing.models import Article, ArticleState, PostState
from torg.publishing.queries import posts_of, published_one
from torg.publishing.queries.versions import content_of, version_of
from torg.publishing.types import ChannelWords, FilmUse


class Studio:
    """A film of the newsroom's page with captions, and short ways to change what belongs to it."""

    def __init__(self, newsroom: Newsroom, data: bytes = b"") -> None:
        self.newsroom = newsroom
        told = Description(newsroom.page.scope_id, "Omvisning", Rights("Kari Prøve"))
        self.film = media.add(data=data or films.film(), description=told, by=newsroom.approver, at=newsroom.at)
        tasks.make_sizes()

    def caption(self, words: str, language: str = "nn") -> None:
        data = f"00:01.000 --> 00:02.000\n{words}\n".encode()
        newsroom = self.newsroom
        media.give_captions(
            medium_id=self.film.public_id, language=language, data=data, by=newsroom.approver, at=newsroom.at
        )

    def written(self, *, as_film: bool = True) -> Article:
        film_id = self.film.public_id if as_film else None
        said = tuple(ChannelWords(row.public_id, "Bli med inn.", film_id=film_id) for row in self.newsroom.channels[:1])
        newsroom = self.newsroom
        made = newsroom.written(films=(FilmUse("", "", medium_id=self.film.public_id),), channels=0)
        newsroom.write(made, replace(content_of(version_of(made)), channels=said))
        return newsroom.now(made)

    def take_in(self, article: Article):
        """What the button does that takes in what the library has now."""
        number = self.newsroom.now(article).newest_number
        return self.newsroom.write(article, content_of(version_of(self.newsroom.now(article), number)))

    def out(self, article: Article) -> Article:
        commands.submit(article_id=article.public_id, by=self.newsroom.writer, at=self.newsroom.at)
        self.newsroom.approve(article)
        self.newsroom.publish(article)
        return self.newsroom.now(article)


@pytest.fixture
def studio(newsroom) -> Studio:
    return Studio(newsroom)


def codes(article, at) -> set[str]:
    return {remark.code for remark in checking.refusals_left(article, version_of(article), at=at)}


@pytest.mark.strategy("A1")
def test_what_is_shown_of_a_film_is_what_was_approved_until_new_captions_are_taken_in_and_corrected(
    studio, newsroom, at
):
    article = studio.written(as_film=False)
    assert codes(article, at) == {"captions_missing"}
    studio.caption("Velkomen inn")
    assert codes(newsroom.now(article), at) == {"captions_missing"}
    studio.take_in(article)
    article = studio.out(newsroom.now(article))
    approved = published_one(article.public_id).films[0].pins

    studio.caption("Velkomen heim")
    assert published_one(article.public_id).films[0].pins == approved != pins_of(Medium.objects.get())
    assert checking.films_changed(version_of(article)) == ["Omvisning"]
    studio.take_in(article)
    newer = {"article_id": article.public_id, "number": newsroom.now(article).newest_number, "at": at}
    with pytest.raises(InvalidTransition):
        commands.publish_correction(**newer, told={"nb": "Tekstingen er rettet."}, by=newsroom.writer)
    newsroom.approve(article)
    commands.publish_correction(**newer, told={"nb": "Tekstingen er rettet."}, by=newsroom.writer)

    shown = published_one(article.public_id)
    assert shown.films[0].pins == pins_of(Medium.objects.get()) and shown.films[0].title == "Omvisning"
    assert [one.text for one in shown.corrections] == ["Tekstingen er rettet."]
    assert Captions.objects.count() == 2
    assert [use.public_id for use in uses.uses_of(medium_ids=[studio.film.pk])] == [article.public_id]


def test_captions_that_are_changed_after_approval_ask_for_it_again_only_when_they_are_taken_in(studio, newsroom, at):
    studio.caption("Velkomen inn")
    article = studio.written()
    commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)
    newsroom.approve(article)

    studio.caption("Noko heilt anna")
    untouched = newsroom.now(article).state
    studio.take_in(article)

    assert (untouched, newsroom.now(article).state) == (ArticleState.APPROVED, ArticleState.DRAFT)
    with pytest.raises(NotFound):
        picture = media.add(
            data=pictures.jpeg(),
            description=Description(newsroom.page.scope_id, "Torget", Rights("Kari Prøve")),
            by=newsroom.approver,
            at=at,
        )
        newsroom.written(films=(FilmUse("", "", medium_id=picture.public_id),))


@pytest.mark.strategy("A1")
def test_the_film_itself_goes_to_facebook_with_its_approved_captions_and_is_seen_once(studio, newsroom, at):
    studio.caption("Velkomen <i>inn</i>")
    studio.caption("Welcome", "en")
    article = studio.written()
    preview = previewing.posts(article, version_of(article))[0]
    with Standin() as standin:
        standin.control.settings(film_seconds=90)
        connection = newsroom.channels[0]
        access = Access(
            standin.page_id, standin.page_token, standin.app_id, "standin-app-secret", None, standin.base_url
        )
        PLATFORMS[connection.external_id] = facebook.connect(access, now=clock.now, allow_loopback=True)
        type(connection).objects.filter(pk=connection.pk).update(external_id=standin.page_id)
        PLATFORMS[standin.page_id] = PLATFORMS[connection.external_id]
        article = studio.out(article)
        sent(at)
        [waiting] = posts_of(article)
        standin.control.clock(advance=91)
        standin.control.fault(match={"method": "POST", "path": r"/\d+$"}, effect={"kind": "error_after"})
        sent(at + timedelta(minutes=2))
        [unsure] = posts_of(article)
        sending.look_due(at=at + timedelta(minutes=4))
        state = standin.control.state()

    [post], [video], [shown] = posts_of(article), state["videos"], state["posts"]
    assert preview.film.title == "Omvisning" and preview.card_title == ""
    assert [state.state for state in (waiting, unsure, post)] == [
        PostState.ON_ITS_WAY,
        PostState.UNCONFIRMED,
        PostState.PUBLISHED,
    ]
    assert set(video["captions"]) == {"nn_NO", "en_US"} and video["default_locale"] == "nn_NO"
    assert (post.external_id, post.film_handle) == (shown["id"], video["id"])
    assert shown["message"] == "Bli med inn.\n\nhttps://eksempelvik.example/aktuelt/svommehallen-apner/"


def test_a_corrected_text_and_a_deletion_reach_the_film_by_its_own_name(studio, newsroom, at):
    studio.caption("Velkomen inn")
    article = studio.out(studio.written())
    sent(at)
    [post] = posts_of(article)
    post.film_handle = "7"
    post.save(update_fields=["film_handle"])

    studio.caption("Velkomen heim")
    studio.take_in(article)
    newsroom.approve(article)
    number = newsroom.now(article).newest_number
    commands.publish_correction(
        article_id=article.public_id, number=number, told={"nb": "Tekstingen."}, by=newsroom.writer, at=at
    )
    sent(at)
    commands.delete_post(post_id=post.public_id, reason="Feil film", by=newsroom.writer, at=at)
    sent(at)

    published, edited, deleted = newsroom.platform().performed
    assert [act.kind for act in (published, edited, deleted)] == [ActKind.PUBLISH, ActKind.EDIT, ActKind.DELETE]
    assert published.film.place.stat().st_size and published.film.poster.alt_text == "Omvisning"
    assert "Velkomen inn" in published.film.captions[0].srt and "Velkomen heim" in edited.film.captions[0].srt
    assert (edited.film.handle, deleted.film.handle, edited.film.place) == ("7", "7", None)


@pytest.mark.strategy("A1")
def test_a_post_keeps_its_film_when_the_article_gets_another_and_nobody_forgets_that_it_stands_there(
    studio, newsroom, client, at, monkeypatch
):
    monkeypatch.setattr("torg.core.clock.now", lambda: at)
    studio.caption("Velkomen inn")
    article = studio.out(studio.written())
    sent(at)
    [post] = posts_of(article)
    type(post).objects.filter(pk=post.pk).update(film_handle="7")
    first, other = studio.film, Studio(newsroom, films.film(size=(160, 120)))
    other.caption("Stille")

    said = (ChannelWords(newsroom.channels[0].public_id, "Kom inn.", film_id=other.film.public_id),)
    what = replace(content_of(version_of(article)), channels=said)
    newsroom.write(article, replace(what, films=(FilmUse("", "", medium_id=other.film.public_id),)))
    newsroom.approve(article)
    number = newsroom.now(article).newest_number
    commands.publish_correction(
        article_id=article.public_id, number=number, told={"nb": "En annen film."}, by=newsroom.writer, at=at
    )
    sent(at)
    client.force_login(factories.login(newsroom.writer))
    page = client.get(reverse("publishing:article", args=[article.public_id]))

    _published, edited = newsroom.platform().performed
    assert edited.text.startswith("Kom inn.\n\nhttps://") and edited.film.captions == ()
    assert [keeps for *_rest, keeps in page.context["posts"]] == ["film"]
    assert [use.public_id for use in uses.uses_of(medium_ids=[first.pk])] == [article.public_id]
    commands.delete_post(post_id=post.public_id, reason="Feil film", by=newsroom.writer, at=at)
    sent(at)
    assert uses.uses_of(medium_ids=[first.pk]) == []


def test_a_consent_for_our_own_site_alone_keeps_the_film_out_of_a_post_before_it_is_approved(studio, newsroom, at):
    studio.caption("Velkomen inn")
    Medium.objects.update(people=People.CONSENT)
    consent = Library(newsroom.page, newsroom.approver, at).consent(channels=[ConsentChannel.WEBSITE])
    depicted = {"medium_id": studio.film.public_id, "consent_id": consent.public_id}
    media.note_depiction(**depicted, by=newsroom.approver, at=at)

    found = [codes(studio.written(as_film=shown), at) for shown in (True, False)]

    assert found == [{"medium_obstacle"}, set()]


def test_a_film_that_may_no_longer_be_shown_stops_and_one_that_is_uncertain_is_looked_for(studio, newsroom, at):
    studio.caption("Velkomen inn")
    first, second = studio.written(), studio.written()
    studio.out(first)
    media.set_aside(medium_id=studio.film.public_id, by=newsroom.approver, at=at)
    sent(at)
    media.take_back(medium_id=studio.film.public_id, by=newsroom.approver, at=at)
    newsroom.platform().fail(Ambiguous("stille"), takes_effect=True)
    studio.out(second)
    sent(at)

    assert [post.state for post in posts_of(newsroom.now(first))] == [PostState.STOPPED]
    assert [post.state for post in posts_of(newsroom.now(second))] == [PostState.UNCONFIRMED]
    assert set(OutboxAct.objects.values_list("handler", flat=True)) == {"publishing.film"}


def test_on_its_pages_a_film_is_chosen_for_a_post_and_newer_captions_are_taken_in(
    studio, newsroom, client, at, monkeypatch
):
    monkeypatch.setattr("torg.core.clock.now", lambda: at)
    studio.caption("Velkomen inn")
    article = studio.written(as_film=False)
    client.force_login(factories.login(newsroom.writer))
    studio.caption("Velkomen <script>heim</script>")
    page = reverse("publishing:article", args=[article.public_id])
    noticed = client.get(page).content.decode()

    client.post(reverse("publishing:films", args=[article.public_id]), {"number": 2})
    stale = client.post(reverse("publishing:films", args=[article.public_id]), {"number": 2})
    edit = client.get(reverse("publishing:edit", args=[article.public_id]))
    typed = {name: value for name, value in edit.context["form"].initial.items() if value}
    fields = edit.context["form"].fields
    typed |= {name: field.initial for name, field in fields.items() if field.initial not in (None, False, "", [])}
    channel = newsroom.channels[0].public_id.hex
    client.post(edit.request["PATH_INFO"], typed | {f"channel_{channel}_film": str(studio.film.public_id)})

    shown = client.get(page).content.decode()
    version = version_of(newsroom.now(article))
    assert reverse("publishing:films", args=[article.public_id]) in noticed and stale.status_code == 409
    assert reverse("publishing:films", args=[article.public_id]) not in shown and "Velkomen heim" in shown
    assert [row.film_id for row in version.channel_texts.all()] == [studio.film.public_id]
    assert content_of(version).films[0].pins == pins_of(Medium.objects.get())
