"""Whoever orders an export is told once when it is ready, or when it failed: a link and no word of what is in it."""

from datetime import timedelta

import pytest
from django.core import mail

from torg.core.actors import Rule
from torg.people import mailing
from torg.people.models import Notification, RoleAssignment
from torg.registry import commands as registry
from torg.registry import exporting

pytestmark = [pytest.mark.django_db, pytest.mark.strategy("C1")]
EXPORTER = Rule("registry.exporter", "1")


def broken(scope_id):
    raise RuntimeError("the disk is full")


def order(page, officer, at):
    return registry.order_export(presence_id=page.public_id, by=officer, at=at).public_id


@pytest.mark.parametrize(("source", "kind"), [(None, "EXPORT_READY"), (f"{__name__}.broken", "EXPORT_FAILED")])
def test_the_orderer_is_told_once_by_a_letter_without_contents(page, officer, at, settings, source, kind):
    settings.PRESENCE_EXPORT = source or settings.PRESENCE_EXPORT
    export = order(page, officer, at)

    for _run in range(2):
        exporting.make(export, by=EXPORTER, at=at)
        mailing.send_due(at=at)

    [letter] = mail.outbox
    assert Notification.objects.get().kind == kind
    assert letter.to == [officer.email]
    assert f"/presences/{page.public_id}/history/" in letter.body
    assert page.name not in letter.subject + letter.body


def test_whoever_orders_it_while_it_is_made_is_told_too(page, officer, deputy, at):
    export = order(page, officer, at)
    assert order(page, deputy, at) == export == order(page, officer, at)

    exporting.make(export, by=EXPORTER, at=at)

    assert set(Notification.objects.values_list("person", flat=True)) == {officer.pk, deputy.pk}


def test_whoever_may_no_longer_fetch_it_is_not_told(page, officer, at):
    export = order(page, officer, at)
    RoleAssignment.objects.filter(person=officer).update(until_at=at + timedelta(minutes=1))

    exporting.make(export, by=EXPORTER, at=at + timedelta(hours=1))

    assert not Notification.objects.exists()
