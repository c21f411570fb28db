"""The names of links (relasjonsnøkler); addresses are never built, only followed."""

from collections.abc import Mapping
from typing import Any

_BASE = "https://rel.arkivverket.no/noark5/v5/api/"

Object = dict[str, Any]


def rel(name: str) -> str:
    """The full name of a link: "sakarkiv/ny-saksmappe"."""
    return f"{_BASE}{name}/"


def links_of(resource: Mapping[str, Any]) -> dict[str, str]:
    """Address by link name; the interface has written links as an object and, earlier, as a list."""
    told = resource.get("_links")
    if isinstance(told, dict):
        pairs = [(name, link.get("href")) for name, link in told.items() if isinstance(link, dict)]
    elif isinstance(told, list):
        pairs = [(link.get("rel"), link.get("href")) for link in told if isinstance(link, dict)]
    else:
        pairs = []
    return {name: href for name, href in pairs if isinstance(name, str) and isinstance(href, str)}


def login_link(links: Mapping[str, str], mechanism: str) -> str | None:
    """Where to log in by a mechanism; nikita names these links after itself."""
    return next((href for name, href in links.items() if name.endswith(f"/login/{mechanism}/")), None)


def without_template(href: str) -> str:
    """The address without its list of possible parameters: "…/mappe{?$filter}"."""
    return href.split("{", 1)[0]
