"""Publishing and withdrawing pages."""

import gzip

import pytest

from torg.audit.models import AuditEvent as Event
from torg.core.actors import Operator
from torg.core.errors import NotAllowed, NotFound
from torg.people.models import Person
from torg.site import commands, queries
from torg.site.models import SiteCopy, SitePage
from torg.site.types import Part

pytestmark = pytest.mark.django_db
BY = Operator("drift")


def publish(at, *, path="/regler/", text="<h1>Regler</h1>", by=BY):
    return commands.publish_page(path=path, part=Part(text.encode()), by=by, at=at)


def test_a_page_is_kept_plain_and_compressed_once_and_audited(at):
    page, again, other = publish(at), publish(at), publish(at, path="/kontakt/")

    assert bytes(page.body) == b"<h1>Regler</h1>"
    assert gzip.decompress(bytes(page.compressed)) == bytes(page.body)
    assert again.version == page.version < other.version
    told = Event.objects.filter(name="site.page.published").values_list("target_id", flat=True)
    assert sorted(told) == sorted([str(page.public_id), str(other.public_id)])


def test_somebody_without_a_role_can_neither_publish_nor_withdraw(at):
    stranger = Person.objects.create(name="Per Lund", email="per@nordvik.example")

    with pytest.raises(NotAllowed):
        publish(at, by=stranger)
    assert not SitePage.objects.exists()
    publish(at)
    with pytest.raises(NotAllowed):
        commands.withdraw_page(path="/regler/", by=stranger, at=at)


def test_a_page_is_withdrawn_once_and_can_be_published_again(at):
    publish(at)
    commands.withdraw_page(path="/regler/", by=BY, at=at)

    with pytest.raises(NotFound):
        commands.withdraw_page(path="/regler/", by=BY, at=at)

    assert publish(at).withdrawn_at is None


def test_a_withdrawal_is_done_only_when_every_copy_is_gone(at):
    page = publish(at)
    copy = SiteCopy.objects.create(host="web-1", process=7, version=page.version, seen_at=at)
    withdrawn = commands.withdraw_page(path="/regler/", by=BY, at=at)
    before = queries.is_gone(withdrawn)

    copy.version = withdrawn.version
    copy.save()

    assert (before, queries.is_gone(withdrawn)) == (False, True)


def test_a_server_that_is_switched_off_can_be_forgotten(at):
    page = publish(at)
    copy = SiteCopy.objects.create(host="web-1", process=7, version=page.version, seen_at=at)
    withdrawn = commands.withdraw_page(path="/regler/", by=BY, at=at)

    commands.forget_copy(copy_id=copy.public_id, by=BY, at=at)

    assert queries.is_gone(withdrawn)
    assert Event.objects.filter(name="site.copy.forgotten").exists()
