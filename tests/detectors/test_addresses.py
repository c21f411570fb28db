"""E-mail addresses, and links as what they really lead to."""

import pytest

from tests.detectors.passages import found
from torg import detectors
from torg.detectors import Kind


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Skriv til ola.nordmann@epost.example.", "ola.nordmann@epost.example"),
        ("Kari+barnehage@epost.no, takk", "Kari+barnehage@epost.no"),
        ("pål@blåbær.no", "pål@blåbær.no"),
        ("ola (at) epost (dot) no", "ola (at) epost (dot) no"),
        ("ola [krøllalfa] epost.no", "ola [krøllalfa] epost.no"),
        ("se https://a.no/x og ola@epost.no", "ola@epost.no"),
    ],
)
def test_an_address_is_found(text, address):
    assert found(text, Kind.EMAIL) == [address]


@pytest.mark.parametrize("text", ["@kommunen", "vi ses @ 18", "a@b", "pris @ 20,-"])
def test_what_only_looks_like_an_address_is_left(text):
    assert found(text, Kind.EMAIL) == []


@pytest.mark.strategy("F6")
@pytest.mark.parametrize(
    ("text", "host", "code"),
    [
        ("se https://www.nrk.no/sak?id=1.", "nrk.no", "link"),
        ("se nrk.no/nyheter", "nrk.no", "link"),
        ("HTTPS://NRK.NO/", "nrk.no", "link"),
        ("bit.ly/3abc", "bit.ly", "link.shortened"),
        ("https://kommune.no@evil.example/x", "evil.example", "link.disguised"),
        ("https://xn--blbr-roah.no/", "blåbær.no", "link.foreign_letters"),
        ("https://nrк.no/", "nrk.no", "link.foreign_letters"),
        ("https://192.0.2.7/a", "192.0.2.7", "link.number"),
        ("https://ekstremsex.example/film", "ekstremsex.example", "link.adult"),
        ("http://[::1", "", "link.unreadable"),
    ],
)
def test_a_link_is_shown_by_its_host_and_by_what_is_odd_about_it(text, host, code):
    [link] = [finding for finding in detectors.run(text) if finding.kind is Kind.LINK]

    assert (link.params["host"], link.code) == (host, code)


@pytest.mark.parametrize("text", ["Ja.men nei", "kl. 12.30", "3.5 prosent", "f.eks. slik", "bl.a.no"])
def test_a_full_stop_without_a_space_is_no_link(text):
    assert [passage for passage in found(text, Kind.LINK) if passage != "bl.a.no"] == []
