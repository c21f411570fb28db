"""The library's pages answer, in few queries, and do what their buttons say."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.media import films, pictures
from torg.core import clock
from torg.media import commands, queries, tasks
from torg.media.models import Consent, Medium, Routine, TakeDown
from torg.media.types import People

MOST_QUERIES = 12


@pytest.fixture
def browser(library, client):
    # Pages read the clock; what the tests have made lies just before.
    library.at = clock.now()
    client.force_login(factories.login(library.by))
    return client


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def told(library, **changed) -> dict:
    form = {"scope": str(library.page.scope_id), "title": "Torget", "people": "NOBODY", "owner": "Kari Prøve"}
    return {**form, **changed}


def test_each_page_answers_with_few_queries(library, browser, django_assert_max_num_queries):
    medium, consent = library.depicting()
    library.added(pictures.png(), title="Plakat", is_graphic=True)
    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)

    for name in ("index", "new", "consents", "consent-new", "take-downs", "routine"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert browser.get(reverse(f"media:{name}")).status_code == 200
    with django_assert_max_num_queries(16):
        assert browser.get(reverse("media:medium", args=[medium.public_id])).status_code == 200


def test_a_picture_is_added_by_form_and_refused_by_its_content(library, browser):
    page = reverse("media:new")

    refused = browser.post(page, told(library, file=upload("bilde.jpg", b"<svg xmlns='x'/>")))
    added = browser.post(page, told(library, file=upload("bilde.exe", pictures.jpeg())))

    assert refused.status_code == 422
    medium = Medium.objects.get()
    assert added["Location"] == reverse("media:medium", args=[medium.public_id])
    assert browser.get(added["Location"]).status_code == 200


def test_a_click_in_the_picture_and_numbers_choose_the_focus(library, browser):
    medium = library.added(pictures.jpeg(400, 300))
    page = reverse("media:focus", args=[medium.public_id])

    # The small picture is 272 × 204.
    browser.post(page, {"point.x": "68", "point.y": "51", "x": "500", "y": "500", "shape": ""})
    medium.refresh_from_db()
    assert (medium.focus_x, medium.focus_y) == (250, 250)

    # Enter on the picture tells 0, 0, and the numbers count.
    browser.post(page, {"point.x": "0", "point.y": "0", "x": "900", "y": "100", "shape": "story"})
    assert list(medium.shape_focuses.values_list("shape", "x", "y")) == [("story", 900, 100)]
    assert browser.post(page, {"x": "2000", "y": "1"}).status_code == 422


def test_the_copy_is_handed_out_and_the_original_to_its_keepers_only(library, browser):
    medium = library.added(is_shared=True)

    copy = browser.get(reverse("media:copy", args=[medium.public_id]) + "?shape=square")
    original = browser.get(reverse("media:original", args=[medium.public_id]))
    guest = factories.administrator(factories.presence("Biblioteket", at=library.at), at=library.at, name="Bodil")
    browser.force_login(factories.login(guest))

    assert b"Exif" not in copy.content
    assert original.getvalue() == pictures.jpeg()
    assert browser.get(reverse("media:thumbnail", args=[medium.public_id])).status_code == 200
    assert browser.get(reverse("media:original", args=[medium.public_id])).status_code == 404
    assert browser.get(reverse("media:medium", args=[medium.public_id])).status_code == 200


def test_what_cannot_be_published_is_not_handed_out_as_a_copy(library, browser):
    medium = library.added(people=People.CONSENT)

    assert browser.get(reverse("media:copy", args=[medium.public_id])).status_code == 422


def test_a_consent_is_registered_tied_and_withdrawn(library, browser):
    medium = library.added(people=People.CONSENT)
    form = {
        "scope": str(library.page.scope_id),
        "name": "Ola Avbildet",
        "contact": "ola@eksempel.example",
        "purpose": "Skoledagen",
        "channels": ["WEBSITE"],
        "given_on": "2026-03-01",
        "until_on": "2029-03-01",
        "proof": upload("samtykke.pdf", b"%PDF-1.7\n"),
    }

    browser.post(reverse("media:consent-new"), form)
    consent = Consent.objects.get()
    browser.post(reverse("media:depictions", args=[medium.public_id]), {"consent": str(consent.public_id)})
    assert queries.obstacles(medium, at=library.at) == []
    assert browser.get(reverse("media:consent", args=[consent.public_id])).status_code == 200
    assert browser.get(reverse("media:proof", args=[consent.public_id])).content == b"%PDF-1.7\n"
    browser.post(reverse("media:withdrawal", args=[consent.public_id]))

    task = TakeDown.objects.get()
    assert "Torget i sol" in browser.get(reverse("media:take-downs")).content.decode()
    browser.post(reverse("media:take-down-done", args=[task.public_id]))
    assert "Torget i sol" in browser.get(reverse("media:take-downs") + "?state=done").content.decode()


def test_the_page_of_a_medium_does_all_else(library, browser):
    medium = library.added(pictures.film())
    at = [medium.public_id]
    srt = b"00:00:01,000 --> 00:00:02,000\nHei\n"

    browser.post(reverse("media:captions", args=at), {"language": "nn", "captions": upload("a.srt", srt)})
    assert medium.captions.get().cues == 1
    assert browser.post(reverse("media:captions", args=at), {"language": "nn"}).status_code == 422
    browser.post(reverse("media:medium", args=at), told(library, title="Nytt navn"))
    browser.post(reverse("media:alt-texts", args=at), {"language": "nb", "text": "Folk"})
    browser.post(reverse("media:setting-aside", args=at))
    medium.refresh_from_db()
    assert (medium.title, medium.state) == ("Nytt navn", "SET_ASIDE")
    browser.post(reverse("media:return", args=at))
    browser.post(reverse("media:setting-aside", args=at))
    browser.post(reverse("media:deletion", args=at))

    assert browser.get(reverse("media:medium", args=at)).status_code == 404


def test_the_library_is_searched_and_paged(library, browser):
    library.added()
    commands.set_aside(medium_id=library.added(pictures.png(), title="Plakat").public_id, by=library.by, at=library.at)

    assert "Torget i sol" in browser.get(reverse("media:index"), {"text": "torget", "page": "1"}).content.decode()
    assert "Torget i sol" not in browser.get(reverse("media:index"), {"text": "vann"}).content.decode()
    assert "Plakat" in browser.get(reverse("media:index"), {"state": "aside", "page": "x"}).content.decode()
    assert browser.get(reverse("media:index"), {"page": "9" * 5000}).status_code == 200


def test_the_routine_is_changed_by_the_officer(library, browser):
    browser.force_login(factories.login(factories.officer(at=library.at)))
    form = {"text": "Spør først.", "take_down_days": 5, "child_take_down_days": 2, "warn_days": 60}

    browser.post(reverse("media:routine"), form)
    wrong = browser.post(reverse("media:routine"), {**form, "child_take_down_days": 6})

    assert Routine.objects.get().text == "Spør først."
    assert wrong.status_code == 422


def test_a_film_is_added_from_disk_shows_how_far_it_is_and_gets_its_picture(library, browser, settings):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    data = films.film(size=(320, 240))
    browser.post(reverse("media:new"), told(library, title="Omvisning", file=upload("film.mp4", data)))
    film = Medium.objects.get()
    place = reverse("media:medium", args=[film.public_id])
    film.sizes.update(state="MAKING", percent=40)
    waiting = browser.get(place).content.decode()
    tasks.make_sizes()
    ready, frame = browser.get(place).content.decode(), film.frames.last()

    assert (film.size, film.kind, film.sha256) == (len(data), "FILM", hashlib.sha256(data).hexdigest())
    assert 'value="40"' in waiting and "320 × 240" in ready and "hx-get" in waiting and "hx-get" not in ready
    thumbnail = reverse("media:thumbnail", args=[film.public_id])
    assert browser.get(f"{thumbnail}?frame={frame.milliseconds}").status_code == 200
    assert browser.get(f"{thumbnail}?frame=987654").status_code == 404
    assert browser.get(reverse("media:copy", args=[film.public_id])).status_code == 422
    poster = reverse("media:poster", args=[film.public_id])
    assert browser.post(poster, {}).status_code == 422
    assert browser.post(poster, {"frame": frame.milliseconds, "alt": "Døra"}).status_code == 303
    picture = library.added(pictures.jpeg(400, 300))
    assert browser.post(poster, {"picture": picture.public_id, "alt": ""}).status_code == 422
    assert browser.post(poster, {"picture": picture.public_id, "alt": "Torget"}).status_code == 303
    assert browser.post(reverse("media:sizes", args=[film.public_id])).status_code == 303
    before, film = film.thumbnail_sha256, Medium.objects.get(pk=film.pk)
    earlier = browser.get(f"{thumbnail}?poster={before}").content
    assert film.poster_alt == "Torget" and earlier != browser.get(thumbnail).content
    assert browser.get(f"{thumbnail}?poster={picture.sha256}").content != picture.sha256
