"""Pictures and films of articles: in forms for every screen, described, and gone when they may be shown no longer."""

from datetime import timedelta

import pytest

from tests import factories
from tests.media import films
from tests.media import pictures as samples
from tests.site.articles import article, film, picture
from torg.core.actors import Operator
from torg.media import commands as media
from torg.media.types import Description, Rights
from torg.people.models import Municipality
from torg.site import addresses, articles, drawing_media, publication
from torg.site.models import MediumCopy, SitePage

pytestmark = pytest.mark.django_db
BY = Operator("drift")


@pytest.fixture
def shown(at, settings, tmp_path):
    """An article with a picture whose rights end tomorrow."""
    settings.FILES_FOLDER = tmp_path / "files"
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=at)
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


@pytest.mark.strategy("A1")
def test_a_film_is_played_from_our_own_site_with_captions_poster_and_text(shown, at):
    officer = factories.officer(at=at)
    told = Description(factories.presence(at=at).scope_id, "Omvisning", Rights("Ola Prøve"))
    medium = media.add(data=films.film(), description=told, by=officer, at=at)
    film(shown, medium.public_id, "Omvisning i hallen")
    captions = {"medium_id": medium.public_id, "language": "nn", "by": officer, "at": at}
    media.give_captions(data=b"00:01.000 --> 00:02.000\nVelkomen <b>inn</b>\n", **captions)

    drawing_media.draw_for(shown, at=at)
    page, before = page_of(shown), set(SitePage.objects.values_list("path", "version"))
    drawing_media.draw_for(shown, at=at)

    stands = {copy.shape: copy for copy in MediumCopy.objects.filter(medium_id=medium.public_id)}
    assert f'<source src="{stands["film"].path}" type="video/webm">' in page and "<script" not in page
    assert f'poster="{stands["poster"].path}"' in page and "Velkomen inn" in page
    assert f'src="{stands["captions"].path}" srclang="nn" label="Nynorsk" default>' in page
    assert bytes(SitePage.objects.get(path=stands["captions"].path).body).startswith(b"WEBVTT")
    assert films.SECRET.encode() not in bytes(SitePage.objects.get(path=stands["film"].path).body)
    assert set(SitePage.objects.values_list("path", "version")) == before

    media.give_captions(data=b"00:01.000 --> 00:02.000\nHei\n", **captions)
    assert (drawing_media.renew_captions(at=at), drawing_media.renew_captions(at=at)) == (1, 0)

    assert "Velkomen" not in page_of(shown) and ">Hei<" in page_of(shown)
    assert SitePage.objects.get(path=stands["captions"].path).withdrawn_at
