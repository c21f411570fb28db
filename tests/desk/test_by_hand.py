"""Writing down what was written in a group: a conversation as any other, or a case with its evidence."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from torg.audit.models import AuditEvent
from torg.channels import commands as channels
from torg.channels.models import Connection, RawDelivery
from torg.channels.types import Written
from torg.core import clock
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.dialogue.models import Item
from torg.moderation.models import Case
from torg.moderation.words import Ground
from torg.people.types import Role
from torg.registry import commands as registry
from torg.registry.models import PresenceKind
from torg.registry.types import About
from torg.registry.words import Line

pytestmark = pytest.mark.django_db
LINK = "https://www.facebook.com/groups/1/posts/2"
SENSITIVE = "Lille Per på Blåmeis har fått kreft og er på sykehuset."


@pytest.fixture
def group(at):
    return factories.presence("Foreldre i 3. klasse", at=at, kind=PresenceKind.CLOSED_GROUP)


@pytest.fixture
def handler(group, at):
    person = factories.administrator(group, at=at)
    factories.login(person)
    return person


@pytest.mark.strategy("C5")
def test_what_is_written_down_is_a_conversation_and_twice_is_once(group, handler, client):
    client.force_login(handler.logins.get())
    page = reverse("desk:by-hand", args=[group.public_id])
    typed = {"text": "Når er foreldremøtet?", "author": "Ola", "written_at": "2026-03-01T10:00", "permalink": LINK}

    first = client.post(page, typed)
    client.post(page, {**typed, "text": "Når er foreldremøtet i april?"})

    item = Item.objects.get()
    assert first.status_code == 303 and str(item.thread.public_id) in first.headers["Location"]
    assert (item.text, item.version_count) == ("Når er foreldremøtet i april?", 2)
    assert (item.author.name, item.permalink, item.scope_id) == ("Ola", LINK, group.scope_id)
    assert (RawDelivery.objects.count(), Connection.objects.get().is_by_hand) == (2, True)
    assert client.get(reverse("desk:channel", args=[item.connection.public_id])).status_code == 200


@pytest.mark.strategy("C5", "C6")
def test_what_is_sensitive_becomes_a_case_with_its_evidence(group, handler, client):
    client.force_login(handler.logins.get())
    page = reverse("desk:by-hand", args=[group.public_id])
    typed = {"text": SENSITIVE, "author": "Ola", "written_at": "2026-03-01T10:00", "sensitive": Ground.CHILD}

    answer = client.post(page, typed)

    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("desk:case", args=[case.public_id])
    assert (case.ground, case.item.text) == (Ground.CHILD, SENSITIVE)
    assert client.get(answer.headers["Location"]).status_code == 200
    names = set(AuditEvent.objects.filter(scope_id=group.scope_id).values_list("name", flat=True))
    assert names >= {"channels.delivery.written_down", "moderation.case.opened", "moderation.case.written_down"}


def test_whoever_only_reads_or_sees_nothing_writes_nothing_down(group, at):
    reader, stranger = factories.person("Lars Leder"), factories.person("Frida Fremmed")
    factories.role(reader, Role.LEADER, at=at)
    written = Written("Hei", at)

    for person, refusal in ((reader, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            channels.write_down(presence_id=group.public_id, written=written, by=person, at=at)
    assert not RawDelivery.objects.exists()


@pytest.mark.parametrize(
    ("text", "ahead", "field"),
    [(" ", 0, "text"), ("x" * 20_001, 0, "text"), ("Hei", 1, "written_at")],
    ids=["empty", "long", "ahead"],
)
def test_what_cannot_be_so_is_refused(group, handler, at, text, ahead, field):
    written = Written(text, at + timedelta(hours=ahead))

    with pytest.raises(Invalid) as refused:
        channels.write_down(presence_id=group.public_id, written=written, by=handler, at=at)

    assert refused.value.field == field


def test_a_persons_private_profile_is_never_read(at):
    officer = factories.officer(at=at)
    profile = factories.presence("Ordføreren", at=at, kind=PresenceKind.PROFILE)
    about = About(line=Line.PRIVATE)
    registry.change_details(presence_id=profile.public_id, about=about, by=officer, at=at)

    with pytest.raises(InvalidTransition):
        channels.write_down(presence_id=profile.public_id, written=Written("Hei", at), by=officer, at=at)


def test_the_form_keeps_what_was_typed(group, handler, client):
    client.force_login(handler.logins.get())
    ahead = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    answer = client.post(reverse("desk:by-hand", args=[group.public_id]), {"text": "Hei du", "written_at": ahead})

    assert answer.status_code == 422
    assert "Hei du" in answer.content.decode()
