"""Only what is really public may be reached, however its address is written."""

import pytest

from torg.connectors.services import addresses


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_a_public_address_is_allowed(address):
    assert addresses.is_allowed(address, allow_loopback=False)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::",
        "2001:0000:4136:e378:8000:63bf:f5ff:fffe",
        "::10.0.0.1",
        "::127.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "fec0::1",
        "5f00::1",
    ],
)
@pytest.mark.parametrize("allow_loopback", [False, True])
def test_an_inner_address_is_refused_in_every_disguise(address, allow_loopback):
    assert not addresses.is_allowed(address, allow_loopback=allow_loopback)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_loopback_is_for_the_stand_in_only(address):
    assert addresses.is_allowed(address, allow_loopback=True)
    assert not addresses.is_allowed(address, allow_loopback=False)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1"])
def test_numbers_in_place_of_a_name_are_judged_by_where_they_lead(host):
    assert addresses.resolve(host, 443) == ("127.0.0.1",)
