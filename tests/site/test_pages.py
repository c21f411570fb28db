"""Stored pages are answered before Django, and without the database."""

import asyncio
import gzip

import pytest
from django.conf import settings

from torg.site import files
from torg.site.copies import Copies, Copy
from torg.site.pages import NOT_FOUND, StoredPages
from torg.site.ready import accepts_gzip

TEXT = b"<h1>Regler</h1>" * 100
PAGE = Copy("/regler/", '"abc"', "text/html; charset=utf-8", 3, TEXT, gzip.compress(TEXT))


async def django(scope, receive, send):
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"django"})


@pytest.fixture
def site(tmp_path):
    Copies(tmp_path).load()
    Copies(tmp_path).put(PAGE)
    return StoredPages(tmp_path, then=django)


async def waiting():
    await asyncio.Event().wait()


def ask(site, path="/regler/", method="GET", **headers):
    sent = []

    async def send(message):
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(site({"type": "http", "method": method, "path": path, "headers": named}, waiting, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


def test_a_page_is_served_from_the_disk(site):
    status, headers, body = ask(site)

    assert (status, body) == (200, TEXT)
    assert headers[b"etag"] == b'"abc"'


def test_a_browser_that_reads_gzip_gets_it(site):
    _, headers, body = ask(site, accept_encoding="br, gzip;q=0.8")

    assert headers[b"content-encoding"] == b"gzip"
    assert gzip.decompress(body) == TEXT


def test_a_page_that_the_browser_has_is_not_sent_again(site):
    status, headers, body = ask(site, if_none_match='W/"abc"')

    assert (status, body) == (304, b"")
    assert headers[b"etag"] == b'"abc"'


def test_head_tells_the_length_and_sends_nothing(site):
    status, headers, body = ask(site, method="HEAD")

    assert (status, body) == (200, b"")
    assert headers[b"content-length"] == str(len(TEXT)).encode()


def test_every_page_is_told_to_run_no_script(site):
    _, headers, _ = ask(site)

    assert b"script-src 'none'" in headers[b"content-security-policy"]
    assert b"unsafe" not in headers[b"content-security-policy"]
    assert "unsafe" not in repr(settings.CONTENT_SECURITY_POLICY)
    assert headers[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize(("path", "method"), [("/desk/", "GET"), ("/regler/", "POST"), (NOT_FOUND, "GET")])
def test_what_is_not_stored_goes_on_to_django(site, path, method):
    status, _, body = ask(site, path, method)

    assert (status, body) == (299, b"django")


def test_an_address_without_its_last_slash_is_sent_on(site):
    status, headers, _ = ask(site, "/regler")

    assert (status, headers[b"location"]) == (308, b"/regler/")


def test_a_damaged_file_is_left_out(tmp_path):
    Copies(tmp_path).load()
    Copies(tmp_path).put(PAGE)
    (place,) = tmp_path.iterdir()
    place.write_bytes(place.read_bytes()[:-1])

    assert Copies(tmp_path).load() == {}


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [(b"gzip", True), (b"GZIP , br", True), (b"gzip;q=0", False), (b"br", False), (b"", False)],
)
def test_gzip_is_sent_only_when_it_is_taken(accepted, expected):
    assert accepts_gzip(accepted) is expected


def test_a_picture_is_read_from_disk_and_kept_for_good_by_whoever_asked(tmp_path):
    copies = Copies(tmp_path)
    copies.load()
    copies.put(Copy("/media/ab.webp", '"ab"', "image/webp", 4, b"RIFF", b""))
    site = StoredPages(tmp_path, then=django)

    status, headers, body = ask(site, "/media/ab.webp")

    assert (status, body, site.pages["/media/ab.webp"].body) == (200, b"RIFF", b"")
    assert b"immutable" in headers[b"cache-control"]


def test_a_film_is_sent_in_the_stretches_that_a_player_asks_for(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PIECE", 4)
    copies = Copies(tmp_path)
    copies.load()
    copies.put(Copy("/media/ab.webm", '"ab"', "video/webm", 4, b"0123456789", b""))
    site = StoredPages(tmp_path, then=django)

    def stretch(asked, **more):
        status, headers, body = ask(site, "/media/ab.webm", range=asked, **more)
        return status, headers.get(b"content-range"), body

    assert ask(site, "/media/ab.webm")[2] == b"0123456789"
    assert stretch("bytes=2-8") == (206, b"bytes 2-8/10", b"2345678")
    assert stretch("bytes=7-") == stretch("bytes=-3") == (206, b"bytes 7-9/10", b"789")
    assert stretch("bytes=0-999", method="HEAD") == (206, b"bytes 0-9/10", b"")
    assert stretch("bytes=10-") == (416, b"bytes */10", b"")
    assert stretch("bytes=2-3", if_range='"other"') == (200, None, b"0123456789")
    assert {stretch(odd)[0] for odd in ("bytes=0-1,4-5", "bytes=-", "bytes=5-2", "pages=1-2", "")} == {200}
    assert stretch("bytes=0-1", if_none_match='"ab"')[0] == 304


def test_a_film_is_not_read_on_for_somebody_who_has_left(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PIECE", 1)
    copies = Copies(tmp_path)
    copies.load()
    copies.put(Copy("/media/ab.webm", '"ab"', "video/webm", 4, b"0" * 1000, b""))
    told, sent = [{"type": "http.request"}, {"type": "http.disconnect"}], []

    async def receive():
        return told.pop(0)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/media/ab.webm", "headers": []}
    asyncio.run(StoredPages(tmp_path, then=django)(scope, receive, send))

    assert sent[0]["status"] == 200 and len(sent) < 10


def test_only_the_box_may_be_shown_by_others_and_only_by_those_named(tmp_path):
    copies = Copies(tmp_path)
    copies.load()
    copies.put(Copy("/boks/", '"b"', "text/html", 4, b"box", b"", "'self' https://a.example"))
    copies.put(PAGE)
    site = StoredPages(tmp_path, then=django)

    box, page = ask(site, "/boks/")[1], ask(site)[1]

    assert b"frame-ancestors 'self' https://a.example" in box[b"content-security-policy"]
    assert b"frame-ancestors 'none'" in page[b"content-security-policy"]


def test_oembed_is_asked_by_the_address_of_the_page(tmp_path):
    copies = Copies(tmp_path)
    copies.load()
    copies.put(Copy("/oembed/aktuelt/a-1/", '"o"', "application/json", 4, b"{}", b""))
    copies.put(Copy("/oembed.xml/aktuelt/a-1/", '"x"', "text/xml", 4, b"<oembed/>", b""))
    site = StoredPages(tmp_path, then=django)

    def asked(query):
        scope = {"type": "http", "method": "GET", "path": "/oembed", "headers": [], "query_string": query}
        return site.find(scope)

    assert asked(b"url=https%3A%2F%2Fx.example%2Faktuelt%2Fa-1%2F&format=json")[1]["body"] == b"{}"
    assert asked(b"url=https%3A%2F%2Fx.example%2Faktuelt%2Fa-1%2F&format=xml")[1]["body"] == b"<oembed/>"
    assert asked(b"url=https%3A%2F%2Fx.example%2Faktuelt%2Fa-1%2F&format=yaml") is None
    assert asked(b"url=https%3A%2F%2Fx.example%2Fother%2F") is None and asked(b"url=http://[bad") is None
    assert asked(b"\xff") is None


def test_where_django_cannot_reach_the_database_a_stored_page_says_so(tmp_path):
    async def away(scope, receive, send):
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"trace"})

    copies = Copies(tmp_path)
    copies.load()
    copies.put(Copy("/away/nb/", '"w"', "text/html", 4, b"borte", b""))
    site = StoredPages(tmp_path, then=away)

    assert ask(site, "/sok/")[0::2] == (503, b"borte") and ask(site, "/desk/")[0::2] == (503, b"trace")
    assert ask(site, "/away/nb/")[0] == 503
