"""Stored pages are answered before Django, and without the database."""

import asyncio
import gzip

import pytest

from torg.site.copies import Copies, Copy
from torg.site.pages import NOT_FOUND, StoredPages, accepts_gzip

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


def ask(site, path="/regler/", method="GET", **headers):
    sent = []

    async def send(message):
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(site({"type": "http", "method": method, "path": path, "headers": named}, None, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


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
    ("accepted", "expected"), [("gzip", True), ("GZIP , br", True), ("gzip;q=0", False), ("br", False), ("", False)]
)
def test_gzip_is_sent_only_when_it_is_taken(accepted, expected):
    assert accepts_gzip(accepted) is expected
