"""A form on another site cannot act here: every address that pages are served from asks for the token."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver

from tests import factories
from torg.core import clock, ids

pytestmark = pytest.mark.django_db
REFUSED = {403, 404, 405}


def addresses(patterns, before="") -> Iterator[str]:
    """Every address, with something in each place that takes something."""
    for entry in patterns:
        here = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry.url_patterns, here)
        elif "^" not in here:
            filled = re.sub(r"<uuid:\w+>", str(ids.new()), here)
            yield "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(str:|path:)?\w+>", "x", filled))


@pytest.mark.parametrize(
    "headers",
    [{}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_ORIGIN": "https://ond.example"}],
    ids=["form", "htmx", "other site"],
)
def test_no_address_acts_without_the_token(headers):
    browser = Client(enforce_csrf_checks=True)
    officer = factories.login(factories.officer(at=clock.now()))
    browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    # The API and the directory's addresses know no cookies: a token of its own is the proof there.
    every = addresses(get_resolver().url_patterns)
    tried = [address for address in every if not address.startswith(("/api/", "/scim/"))]

    acted = [address for address in tried if browser.post(address, **headers).status_code not in REFUSED]

    assert len(tried) > 50 and acted == []
