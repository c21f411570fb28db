"""Opening masked text in the browser."""

import pytest
from django.urls import reverse

from tests import factories
from tests.triage import rows
from torg.audit.models import AuditEvent
from torg.people.types import Role

pytestmark = pytest.mark.django_db
TEXT = "Nummeret mitt er 15108695088"


@pytest.fixture
def page(at):
    return factories.presence(at=at)


@pytest.fixture
def address(page, at):
    return reverse("triage:opening", args=[rows.item(rows.thread(page, at=at), TEXT, at=at).public_id])


def test_the_text_is_opened_by_a_post_and_kept_by_no_cache(client, page, address, at):
    client.force_login(factories.login(factories.administrator(page, at=at)))

    answer = client.post(address)

    assert TEXT in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEvent.objects.filter(name="triage.text.opened").count() == 1


def test_htmx_gets_the_part_only(client, page, address, at):
    client.force_login(factories.login(factories.administrator(page, at=at)))

    answer = client.post(address, headers={"HX-Request": "true"})

    assert TEXT in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_link_cannot_open_it(client, page, address, at):
    client.force_login(factories.login(factories.administrator(page, at=at)))

    assert client.get(address).status_code == 405


def test_the_wrong_role_and_the_wrong_page_are_refused_alike_by_what_they_see(client, page, address, at):
    leader = factories.person()
    factories.role(leader, Role.LEADER, at=at, scope=page.scope)
    client.force_login(factories.login(leader))
    assert client.post(address).status_code == 403

    client.force_login(factories.login(factories.administrator(factories.presence("Kinoen", at=at), at=at)))
    assert client.post(address).status_code == 404
