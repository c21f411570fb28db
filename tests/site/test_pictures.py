"""Pictures of articles: cut in sizes for every screen, described, and gone when they may be shown no longer."""

from datetime import timedelta

import pytest

from tests import factories
from tests.media import pictures as samples
from tests.site.articles import article, picture
from torg.core.actors import Operator
from torg.media import commands as media
from torg.media.types import Description, Rights
from torg.people.models import Municipality
from torg.site import addresses, articles, drawing_pictures, publication
from torg.site.models import PictureCopy, SitePage

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
    assert "t-figure" not in page_of(shown)

    drawing_pictures.draw_for(shown, at=at)

    page, copies = page_of(shown), PictureCopy.objects.filter(shape="website")
    assert all(f"{copy.path} {copy.width}w" in page for copy in copies) and copies.exists()
    assert 'alt="Bassenget sett fra inngangen"' in page and "Ola Prøve" in page and 'property="og:image"' in page
    stored = SitePage.objects.get(path=copies.first().path)
    assert bytes(stored.body)[8:12] == b"WEBP" and stored.compressed in (b"", memoryview(b""))


def test_drawing_twice_makes_nothing_twice(shown, at):
    drawing_pictures.draw_for(shown, at=at)
    before = set(SitePage.objects.values_list("path", "version"))

    drawing_pictures.draw_for(shown, at=at)

    assert set(SitePage.objects.values_list("path", "version")) == before


def test_when_the_right_to_show_it_ends_it_is_gone_from_the_page_and_from_its_own_address(shown, at):
    drawing_pictures.draw_for(shown, at=at)
    paths = list(PictureCopy.objects.values_list("path", flat=True))
    assert drawing_pictures.withdraw_forbidden(at=at) == 0

    assert drawing_pictures.withdraw_forbidden(at=at + timedelta(days=2)) == 1

    assert "t-figure" not in page_of(shown) and not PictureCopy.objects.exists()
    assert not SitePage.objects.filter(path__in=paths, withdrawn_at=None).exists()
