"""Which network addresses we may speak to: public ones, and loopback only when a stand-in is meant."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

IP = IPv4Address | IPv6Address

# RFC 6052: the last 32 bits are an IPv4 address, so a private one can hide in a public-looking prefix.
_NAT64 = IPv6Network("64:ff9b::/96")
# RFC 4291, 2.4: all that is handed out to the public. Outside lie forms that some systems still carry to an IPv4
# address or to a network of their own: ::127.0.0.1, ::ffff:0:10.0.0.1, 64:ff9b:1::/48, fec0::/10.
_PUBLIC = IPv6Network("2000::/3")


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver once; it also understands decimal, octal and hexadecimal hosts. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def is_allowed(address: str, *, allow_loopback: bool) -> bool:
    """Say whether we may connect to this address, judged by what it really reaches."""
    reached = [_without_disguise(ip) for ip in _readings(ip_address(address))]
    if all(ip.is_loopback for ip in reached):
        return allow_loopback
    return all(ip.is_global and not ip.is_multicast and _is_handed_out(ip) for ip in reached)


def _is_handed_out(ip: IP) -> bool:
    return isinstance(ip, IPv4Address) or ip in _PUBLIC


def _readings(ip: IP) -> Sequence[IP]:
    """Give the address and each address that a tunnel prefix (6to4, Teredo) would deliver to."""
    if isinstance(ip, IPv4Address):
        return (ip,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    return (ip,)


def _without_disguise(ip: IP) -> IP:
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped
        if ip in _NAT64:
            return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip
