"""What every answer must carry, and requests that no browser sends."""

import pytest

from tests import factories
from tests.config.serving import cookie_of
from tests.security import raw
from torg.core import clock


@pytest.fixture
def officer_cookie(port):
    officer = factories.officer(at=clock.now())
    return b"Cookie: " + cookie_of(factories.login(officer))["Cookie"].encode()


@pytest.mark.parametrize("page", [b"/people/", b"/presences/", b"/integrations/", b"/people/absence/"])
def test_staff_pages_are_kept_by_no_browser_and_no_proxy(port, officer_cookie, page):
    answer = raw.get(port, page, officer_cookie)

    assert raw.status(answer) == 200 and b"cache-control: private, no-store" in answer


@pytest.mark.parametrize("page", [b"/account/login/", b"/healthz", b"/webhooks/facebook", b"/events", b"/nowhere"])
def test_every_part_of_the_house_demands_tls_in_production(port, settings, page):
    settings.SECURE_HSTS_SECONDS = 3600

    answer = raw.get(port, page)

    assert answer.lower().count(b"strict-transport-security: max-age=3600") == 1


@pytest.mark.parametrize(
    ("target", "line"),
    [
        (b"/people/", b'Cookie: sessionid="\\000aaaaaaaaaa"'),
        (b"/events", b'Cookie: sessionid="\\000aaaaaaaaaa"'),
        (b"/account/login/?next=%00", b"X-Nothing: 1"),
        (b"/account/link/%00/", b"X-Nothing: 1"),
    ],
)
def test_a_nul_is_refused_before_it_reaches_the_database(port, target, line):
    assert raw.status(raw.get(port, target, line)) == 400


@pytest.mark.parametrize("host", [b"evil.example", b"localhost\r\nHost: evil.example", b"localhost@evil.example"])
def test_another_host_is_never_taken_for_ours(port, host):
    answer = raw.send(
        port, b"GET /account/password/reset/ HTTP/1.1\r\nConnection: close\r\nHost: " + host + b"\r\n\r\n"
    )

    assert raw.status(answer) == 400 and b"evil" not in answer


@pytest.mark.parametrize(
    "lie",
    [
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Content-Length: -5",
        b"Content-Length: +5",
        b"Content-Length: 99999999999999999999999",
        b"Transfer-Encoding: xchunked",
        b"X-Folded: a\r\n b: c",
    ],
)
def test_a_head_with_two_meanings_is_refused(port, lie):
    answer = raw.send(port, b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\n" + lie + b"\r\n\r\nabcdef", wait=2)

    assert raw.status(answer) == 400


def test_what_is_no_path_is_not_found(port):
    assert raw.status(raw.get(port, b"*", method=b"OPTIONS")) == 404
