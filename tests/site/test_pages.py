"""Stored pages are answered before Django, and without the database."""

import asyncio
import gzip
import json
import xml.etree.ElementTree as ET

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


EMBED = {
    "version": "1.0", "type": "rich", "title": "A", "width": 600, "height": 240,
    "html": '<blockquote><p><strong><a href="https://x.example">A</a></strong></p><p>Lead</p><p>Nordvik</p></blockquote>',
}  # fmt: skip
ASKED = "url=https%3A%2F%2Fx.example%2Faktuelt%2Fa-0123456789ab%2F"


@pytest.fixture
def embedding_site(tmp_path):
    copies = Copies(tmp_path)
    copies.load()
    path = "/aktuelt/a-0123456789ab/"
    copies.put(Copy(f"/oembed{path}", '"o"', "application/json", 4, json.dumps(EMBED).encode(), b""))
    copies.put(Copy(path.replace("0", "f"), '"w"', "text/html", 4, b"withdrawn", b""))
    site = StoredPages(tmp_path, then=django)

    def asked(query, method="GET"):
        scope = {"type": "http", "method": method, "path": "/oembed", "headers": [], "query_string": query.encode()}
        start, body = site.find(scope)
        return start["status"], dict(start["headers"]), body["body"]

    return asked


@pytest.mark.parametrize(
    ("room", "kind", "size", "has_lead"),
    [
        ("", "rich", (600, 240), True),
        ("&maxwidth=2000&maxheight=2000", "rich", (600, 240), True),
        ("&maxwidth=400", "rich", (400, 240), True),
        ("&maxheight=150", "rich", (600, 110), False),
        ("&maxwidth=260&maxheight=400", "rich", (260, 110), False),
        ("&maxheight=60", "link", (None, None), False),
        ("&maxwidth=100", "link", (None, None), False),
    ],
)
def test_oembed_gives_no_more_than_there_is_room_for(embedding_site, room, kind, size, has_lead):
    status, headers, body = embedding_site(ASKED + room)

    told = json.loads(body)
    assert (status, told["type"], (told.get("width"), told.get("height"))) == (200, kind, size)
    assert ("Lead" in told.get("html", "")) is has_lead and headers[b"access-control-allow-origin"] == b"*"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"{ASKED}&format=yaml", 501),
        ("url=https%3A%2F%2Fx.example%2Fother%2F", 404),
        ("url=http://[bad", 404),
        ("url=http%3A%2F%2F169.254.169.254%2Flatest%2F", 404),
        (ASKED.replace("0", "f"), 401),
        ("url=https%3A%2F%2Fx.example%2Fkommentar%2Fmin%2Fhemmelig%2F", 401),
        ("", 400),
        (f"{ASKED}&maxwidth=-1", 400),
        (f"{ASKED}&maxheight=1e9", 400),
        ("\u00ff", 400),
    ],
)
def test_oembed_says_why_it_shows_nothing(embedding_site, query, status):
    assert embedding_site(query)[0] == status


def test_oembed_as_xml_and_for_whoever_asks_for_the_head_only(embedding_site):
    _status, headers, body = embedding_site(f"{ASKED}&format=xml&maxwidth=300")

    assert headers[b"content-type"].startswith(b"text/xml")
    assert ET.fromstring(body).findtext("width") == "300"
    assert embedding_site(ASKED, "HEAD")[2] == b""


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
