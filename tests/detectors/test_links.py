"""Links against the lists that a municipality keeps: however an address is written, its host is found."""

import pytest

from torg import detectors
from torg.detectors import HostKind, HostLists, Kind, Oddity

LISTS = HostLists(
    version="1",
    blocked=frozenset({"grovt.example", "xn--blbr-roah.example", "192.0.2.7", "farlig.zip", "delt.example"}),
    trusted=frozenset({"avis.example", "trygg.delt.example"}),
    shorteners=frozenset({"kort.example"}),
)


def codes(text, lists=LISTS):
    return [finding.code for finding in detectors.run(text, lists) if finding.kind is Kind.LINK]


@pytest.mark.strategy("F6")
@pytest.mark.parametrize(
    "written",
    [
        "https://grovt.example/film",
        "HTTPS://GROVT.EXAMPLE",
        "https://www.grovt.example",
        "https://a.b.grovt.example/x",
        "https://grovt.example./x",
        "https://grovt.example:8443/x",
        "https://avis.example@grovt.example/sak",
        "https://avis.example:pass@grovt.example/sak",
        "https:\\\\grovt.example\\film",
        "https:grovt.example/film",
        "//grovt.example/film",
        "grovt.example",
        "se grovt.example/film, folkens",
        "hxxps://grovt.example/film",
        "h**p://grovt.example",
        "hxxp[:]//grovt[.]example",
        "grovt(.)example/film",
        "grovt [dot] example",
        "grovt。example/film",
        "https://gro\u200bvt.exam\u00adple/film",
        "https://ｇｒｏｖｔ．ｅｘａｍｐｌｅ/",
        "https://%67rovt.example/",
        "https://blåbær.example/",
        "https://xn--blbr-roah.example/",
        "https://gr\u043evt.example/",  # a Cyrillic o: whoever reads it takes it for the blocked one
        "https://l.avis.example/l.php?u=https%3A%2F%2Fgrovt.example%2Ffilm",
        "https://avis.example/url?q=https%253A%252F%252Fgrovt.example",
        "https://avis.example/r?to=grovt.example&x=1",
        "https://arkiv.example/web/2020/http://grovt.example/",
        "http://192.0.2.7/a",
        "http://3221225991/a",
        "http://0xc0.0x0.0x2.0x7/a",
        "farlig.zip",
        "last.ned.farlig.zip/fil",
        "farlig.zip?x=1",
    ],
)
def test_a_blocked_host_is_found_however_it_is_written(written):
    assert "link.blocked" in codes(f"Se på dette: {written} !")


@pytest.mark.parametrize(
    "written",
    [
        "https://ikkegrovt.example/",
        "https://grovt.example.org/",
        "https://avis.example/grovt.example.html",
        "Det var grovt. Eksempel kommer.",
        "trygg.delt.example er fin",
        "https://x.trygg.delt.example/",
        "http:",
        "https: se her",
    ],
)
def test_what_only_resembles_a_blocked_host_is_left(written):
    assert "link.blocked" not in codes(written)


def test_a_trusted_host_is_an_ordinary_link_unless_it_hides_where_it_leads():
    assert codes("https://avis.example/sak") == ["link"]
    assert codes("https://avis.example@annet.example/") == ["link.disguised"]
    assert codes("https://kort.example/x") == ["link.shortened"]
    assert codes("https://kort.example/x", HostLists()) == ["link"]


def test_a_disguised_address_is_told_by_where_it_leads():
    [finding] = [each for each in detectors.run("https://avis.example@\u0435vil.no/") if each.kind is Kind.LINK]

    assert (finding.code, finding.params) == ("link.disguised", {"host": "\u0435vil.no"})


def test_the_finding_points_at_the_address_and_names_the_blocked_host():
    text = "Les på https://avis.example/?u=https://www.grovt.example/film."

    [finding] = [each for each in detectors.run(text, LISTS) if each.kind is Kind.LINK]

    assert text[finding.start : finding.end] == "https://avis.example/?u=https://www.grovt.example/film"
    assert finding.params == {"host": "www.grovt.example"}


@pytest.mark.parametrize(
    ("written", "host", "shown", "odd"),
    [
        ("https://www.nrk.no/sak", "www.nrk.no", "www.nrk.no", set()),
        ("blåbær.no", "xn--blbr-roah.no", "blåbær.no", set()),
        (
            "https://nr\u043a.no/",
            "xn--nr-3lc.no",
            "nr\u043a.no",
            {Oddity.FOREIGN_LETTERS, Oddity.MIXED_SCRIPTS},
        ),
        ("hxxp://nrk[.]no", "nrk.no", "nrk.no", {Oddity.SPELLED_OUT}),
        ("https://n\u200brk.no/", "nrk.no", "nrk.no", {Oddity.HIDDEN_SIGNS}),
        ("https://kommune.no@annet.example/", "annet.example", "annet.example", {Oddity.DISGUISED}),
        ("https://bit.ly/3", "bit.ly", "bit.ly", {Oddity.SHORTENED}),
        ("http://2130706433/", "127.0.0.1", "127.0.0.1", {Oddity.NUMBER}),
        ("http://[::1]/", "::1", "::1", {Oddity.NUMBER}),
        ("http://[::1", "", "", {Oddity.UNREADABLE}),
    ],
)
def test_a_link_is_laid_open_before_anybody_opens_it(written, host, shown, odd):
    [link] = detectors.links_in(f"Se {written}")

    assert (link.host, link.shown) == (host, shown)
    assert link.oddities >= odd
    assert bool(link.oddities) == bool(odd)


def test_what_an_address_leads_on_to_is_told():
    [link] = detectors.links_in("https://l.avis.example/l.php?u=https%3A%2F%2Fa.example%2F&v=https://b.example/")

    assert link.leads_on == ("a.example", "b.example")
    assert Oddity.LEADS_ON in link.oddities


def test_the_nearest_name_decides():
    assert LISTS.listed("x.delt.example").kind is HostKind.BLOCKED
    assert LISTS.listed("x.trygg.delt.example").kind is HostKind.TRUSTED
    assert LISTS.listed("example") is None


def test_a_part_that_no_name_can_have_is_not_worked_on():
    letters = "".join(chr(0x4E00 + number) for number in range(1900))
    coded = f"xn--{'9a8b7c6d' * 240}"

    [link], [spelled] = (detectors.links_in(f"https://{label}.example/") for label in (letters, coded))

    assert (link.host, link.oddities >= {Oddity.UNREADABLE}) == ("", True)
    assert spelled.shown == spelled.host[: len(spelled.shown)]


@pytest.mark.parametrize(
    "host",
    [
        "%00",
        "a%00b.example",
        "%0d%0aSet-Cookie:x.example",
        *(f"xn--{sign.encode('punycode').decode()}.example" for sign in ("\ud800", "a\x00", "a\u202eb", "\u200b")),
    ],
)
@pytest.mark.parametrize("where", ["https://{}/x", "https://avis.example/r?u=https://{}/x", "www.{}"])
def test_whatever_stands_for_a_host_can_be_kept_and_shown(host, where):
    written = where.format(host)

    told = [link.shown for link in detectors.links_in(written)]
    told += [name for link in detectors.links_in(written) for name in link.hosts]
    told += [value for finding in detectors.run(written) for value in finding.params.values()]

    assert told and all(each.isprintable() for each in told)
