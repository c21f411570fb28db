"""Publishing the site for the first time, in the browser."""

import pytest
from django.urls import reverse

from tests import factories
from torg.people.types import Role
from torg.site.models import SitePage

pytestmark = pytest.mark.django_db
PAGE = "site:publication"


def test_an_officer_publishes_the_site_and_is_told_what_follows(client, at):
    client.force_login(factories.login(factories.officer(at=at)))
    before = client.get(reverse(PAGE)).content.decode()

    answer = client.post(reverse(PAGE))

    assert answer.status_code == 303
    assert SitePage.objects.filter(path="/", withdrawn_at=None).exists()
    assert "Publiser nettstedet" in before and "Nettstedet er publisert" in client.get(reverse(PAGE)).content.decode()


def test_whoever_publishes_on_one_page_only_cannot_publish_the_site(client, at):
    page = factories.presence(at=at)
    client.force_login(factories.login(factories.administrator(page, at=at)))

    assert "Publiser nettstedet" not in client.get(reverse(PAGE)).content.decode()
    assert client.post(reverse(PAGE)).status_code == 403
    assert not SitePage.objects.exists()


def test_a_leader_does_not_see_the_page(client, at):
    leader = factories.person()
    factories.role(leader, Role.LEADER, at=at)
    client.force_login(factories.login(leader))

    assert client.get(reverse(PAGE)).status_code == 403
