"""Pictures and films of articles: in forms for every screen, described, and gone when they may be shown no longer."""

from datetime import timedelta

import pytest

from tests import factories
from tests.media import films
from tests.media import pictures as samples
from tests.site.articles import article, correct, film, picture, stand
from torg.core.actors import Operator
from torg.files import disk
from torg.media import commands as media
from torg.media import tasks
from torg.media.types import Description, Rights
from torg.people.models import Municipality
from torg.publishing.models import ArticleFilm, ArticleVersion
from torg.site import addresses, articles, drawing_media
from torg.site.copies import Copies
from torg.site.freshness import copy_of
from torg.site.models import MediumCopy, SitePage

pytestmark = pytest.mark.django_db
BY = Operator("drift")


@pytest.fixture
def shown(at, settings, tmp_path):
    """An article with a picture whose rights end tomorrow."""
    settings.FILES_FOLDER = tmp_path / "files"
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    stand(at=at)
    told = Description(factories.presence(at=at).scope_id, "Hallen", Rights("Ola Prøve", until_on=at.date()))
    medium = media.add(data=samples.jpeg(), description=told, by=factories.officer(at=at), at=at)
    made = article(at=at)
    picture(made, medium.public_id, "Bassenget sett fra inngangen")
    articles.show(article_id=made, by=BY, at=at)
    return made


def page_of(made) -> str:
    row = SitePage.objects.get(path__startswith="/aktuelt/", path__endswith=f"-{addresses.key(made)}/")
    return bytes(row.body).decode()


def test_a_picture_follows_the_words_in_several_sizes_with_its_description_and_credit(shown, at):
    assert "t-picture" not in page_of(shown)

    drawing_media.draw_for(shown, at=at)

    page, copies = page_of(shown), MediumCopy.objects.filter(shape="website")
    assert all(f"{copy.path} {copy.width}w" in page for copy in copies) and copies.exists()
    assert 'alt="Bassenget sett fra inngangen"' in page and "Ola Prøve" in page and 'property="og:image"' in page
    stored = SitePage.objects.get(path=copies.first().path)
    assert bytes(stored.body)[8:12] == b"WEBP" and stored.compressed in (b"", memoryview(b""))


def test_drawing_twice_makes_nothing_twice(shown, at):
    drawing_media.draw_for(shown, at=at)
    before = set(SitePage.objects.values_list("path", "version"))

    drawing_media.draw_for(shown, at=at)

    assert set(SitePage.objects.values_list("path", "version")) == before


def test_when_the_right_to_show_it_ends_it_is_gone_from_the_page_and_from_its_own_address(shown, at):
    drawing_media.draw_for(shown, at=at)
    paths = list(MediumCopy.objects.values_list("path", flat=True))
    assert drawing_media.withdraw_forbidden(at=at) == 0

    assert drawing_media.withdraw_forbidden(at=at + timedelta(days=2)) == 1

    assert "t-picture" not in page_of(shown) and not MediumCopy.objects.exists()
    assert not SitePage.objects.filter(path__in=paths, withdrawn_at=None).exists()


@pytest.fixture
def toured(shown, at):
    """The article has a film too, with captions, in two sizes."""
    officer = factories.officer(at=at)
    told = Description(factories.presence(at=at).scope_id, "Omvisning", Rights("Ola Prøve"))
    medium = media.add(data=films.film(size=(800, 600)), description=told, by=officer, at=at)
    tasks.make_sizes()
    captions = b"00:01.000 --> 00:02.000\nVelkomen <b>inn</b>\n"
    media.give_captions(medium_id=medium.public_id, language="nn", data=captions, by=officer, at=at)
    film(shown, medium.public_id, "Omvisning i hallen")
    return medium


@pytest.mark.strategy("A1")
def test_a_film_is_played_from_our_own_site_in_sizes_with_captions_poster_and_text(shown, toured, at):
    drawing_media.draw_for(shown, at=at)
    page, before = page_of(shown), set(SitePage.objects.values_list("path", "version"))
    drawing_media.draw_for(shown, at=at)

    small, large = MediumCopy.objects.filter(shape="film").order_by("width")
    captions, poster = MediumCopy.objects.get(shape="captions"), MediumCopy.objects.get(shape="poster")
    assert f'<source src="{large.path}" type="video/mp4" media="(min-width: 40rem)">' in page
    assert f'<source src="{small.path}" type="video/mp4">' in page and "<script" not in page
    assert f'poster="{poster.path}"' in page and "Velkomen inn" in page
    assert f'src="{captions.path}" srclang="nn" label="Nynorsk" default>' in page
    assert bytes(SitePage.objects.get(path=captions.path).body).startswith(b"WEBVTT")
    assert set(SitePage.objects.values_list("path", "version")) == before


def test_a_film_is_sent_from_the_files_room_and_copied_nowhere(shown, toured, at, tmp_path):
    drawing_media.draw_for(shown, at=at)
    large = MediumCopy.objects.filter(shape="film").order_by("width").last()
    row = SitePage.objects.get(path=large.path)
    copies = Copies(tmp_path / "copies")
    copies.folder.mkdir()

    copies.put(copy_of(row))
    [loaded] = copies.load().values()
    kept = copies.kept(large.path)

    assert (bytes(row.body), row.file_size) == (b"", kept.length) and loaded.is_on_disk
    assert kept.place == disk.place_of(row.file_sha256) and kept.place.read_bytes()[4:8] == b"ftyp"
    kept.place.write_bytes(b"cut off")
    assert copies.kept(large.path) is None
    kept.place.unlink()
    assert copies.kept(large.path) is None


def test_captions_and_sizes_that_come_later_show_only_what_was_approved(shown, toured, at):
    large = toured.sizes.last()
    toured.sizes.filter(pk=large.pk).update(state="WAITING")
    drawing_media.draw_for(shown, at=at)
    first = page_of(shown)
    wording = b"00:01.000 --> 00:02.000\nHei\n"
    officer = factories.officer(at=at, name="Inger Informasjon")
    media.give_captions(medium_id=toured.public_id, language="nn", data=wording, by=officer, at=at)
    toured.sizes.filter(pk=large.pk).update(state="READY")

    assert (drawing_media.bring_new_sizes(at=at), drawing_media.bring_new_sizes(at=at)) == (1, 0)

    page = page_of(shown)
    assert large.sha256 not in first and large.sha256 in page
    assert "Velkomen inn" in page and ">Hei<" not in page


def test_captions_that_no_article_shows_any_more_leave_the_site(shown, toured, at):
    drawing_media.draw_for(shown, at=at)
    captions = MediumCopy.objects.get(shape="captions")
    correct(shown, "Filmen er tatt bort.", at=at)

    film_of_version = ArticleFilm.objects.get()
    version = ArticleVersion.objects.get(article__public_id=shown, number=2)
    ArticleFilm.objects.create(version=version, medium_id=film_of_version.medium_id, place=1, title="Uten teksting")
    drawing_media.draw_for(shown, at=at)

    assert "Velkomen" not in page_of(shown) and not MediumCopy.objects.filter(shape="captions").exists()
    assert SitePage.objects.get(path=captions.path).withdrawn_at
