"""The one door out is narrow."""

import httpx
import pytest

from torg.connectors.services.fetch import Blocked, Door, TooLarge, Unreached, fetch, open_client

HERE = Door(allow_loopback=True)


def test_what_is_allowed_is_fetched_with_the_type_that_the_server_claims(server):
    found = fetch(f"{server.url}/bilde", door=HERE)

    assert (found.status, len(found.body), found.claimed_type) == (200, 1000, "image/png")


def test_loopback_is_closed_unless_it_is_opened_in_so_many_words(server):
    with pytest.raises(Blocked):
        fetch(f"{server.url}/bilde", door=Door(allow_http=True))

    assert server.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://example.org/",
        "https://user:key@example.org/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
def test_other_schemes_users_and_inner_hosts_are_blocked(url):
    with pytest.raises((Blocked, Unreached)):
        fetch(url, door=Door())


@pytest.mark.parametrize("host", ["evil.org", "fbcdn.net.evil.org", "notfbcdn.net"])
def test_a_host_that_is_not_on_the_list_is_blocked(host):
    with pytest.raises(Blocked):
        fetch(f"https://{host}/", door=Door(hosts=frozenset({".fbcdn.net", "graph.facebook.com"})))


def test_each_redirect_is_checked_again(server):
    door = Door(allow_loopback=True, hosts=frozenset({"127.0.0.1"}))

    with pytest.raises(Blocked):
        fetch(f"{server.url}/to?http://localhost:{server.port}/bilde", door=door)

    assert [path.partition("?")[0] for path, _, _ in server.seen] == ["/to"]


def test_a_redirect_inside_is_blocked(server):
    with pytest.raises(Blocked):
        fetch(f"{server.url}/to?https://10.0.0.1/", door=HERE)


def test_a_redirect_to_a_name_that_is_none_is_unreached(server):
    with pytest.raises(Unreached):
        fetch(f"{server.url}/to?https://xn--a.example/", door=HERE)


def test_redirects_come_to_an_end(server):
    with pytest.raises(Unreached):
        fetch(f"{server.url}/to?/to?/to?/to?/to?/bilde", door=HERE)


def test_neither_cookies_nor_our_keys_follow_to_another_host(server):
    fetch(f"{server.url}/to?http://localhost:{server.port}/bilde", door=HERE, headers={"Authorization": "key"})

    first, second = (headers for _, headers, _ in server.seen)
    assert first["authorization"] == "key"
    assert not {"authorization", "cookie"} & second.keys()


def test_more_than_the_limit_is_not_read(server):
    with pytest.raises(TooLarge):
        fetch(f"{server.url}/bilde", door=Door(allow_loopback=True, max_bytes=999))


def test_a_server_that_drips_is_left_in_time(server):
    with pytest.raises(Unreached):
        fetch(f"{server.url}/drip", door=Door(allow_loopback=True, max_seconds=0.3))


def test_nobody_at_home_is_unreached(server):
    server.stop()

    with pytest.raises(Unreached):
        fetch(f"{server.url}/bilde", door=HERE)


def test_a_client_for_many_calls_obeys_the_same_door(server):
    elsewhere = Door(hosts=frozenset({"graph.facebook.com"}), allow_loopback=True)
    with open_client(elsewhere) as client, pytest.raises(httpx.ConnectError):
        client.get(f"{server.url}/bilde")

    with open_client(HERE) as client:
        assert client.get(f"{server.url}/to?/bilde").status_code == 302
        client.get(f"{server.url}/bilde")
    assert "cookie" not in server.seen[-1][1]
