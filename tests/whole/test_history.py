"""The last year from before we connected is there to be read and searched, and asks nothing of anybody."""

import time

import pytest

from tests.whole.house import QUESTION
from torg.audit.models import AuditEvent
from torg.channels import commands as channels
from torg.channels.models import PollCursor, RawDelivery
from torg.core import clock
from torg.dialogue.models import Item, ItemVersion
from torg.inbox.models import Alarm, Answer, Clock, Enquiry
from torg.inbox.types import ClosedBecause
from torg.outbox.models import OutboxAct

DAY = 86_400.0
DANGER = "Jeg orker ikke mer, jeg skal ta livet mitt i natt"
OLD = (QUESTION, DANGER, "Takk for hjelpen!")


@pytest.fixture
def standin(standin):
    """A page on which people wrote two months ago, and one thing more than a year ago; nobody was told."""
    control = standin.control
    control.clock(at=time.time() - 500 * DAY)
    control.visitor("post", as_page=True, text="For lenge siden")
    control.clock(at=time.time() - 60 * DAY)
    post = control.visitor("post", as_page=True, text="Nå er det vår")["id"]
    for text in OLD:
        control.visitor("comment", target=post, name="Oda Fantasdal", text=text)
    control.visitor("message", name="Oda Fantasdal", text="Når åpner kontoret?")
    control.clock(run=True)
    standin.world.state.deliveries.clear()
    standin.world.untold.clear()
    return standin


@pytest.fixture
def imported(house):
    channels.import_history(connection_id=house.connection.public_id, by=house.officer, at=clock.now())
    house.work()
    return house


def test_before_it_is_asked_for_nothing_old_is_fetched(house):
    house.poll()

    assert not Item.objects.exists()


def test_what_was_written_is_here_with_its_own_time(imported):
    assert set(OLD) <= set(Item.objects.values_list("text", flat=True))
    assert "Når åpner kontoret?" in Item.objects.values_list("text", flat=True)
    assert all(item.posted_at < item.received_at for item in Item.objects.all())
    assert ItemVersion.objects.filter(search="kontor").exists()
    assert not Item.objects.filter(post__text="For lenge siden").exists()


def test_it_raises_no_alarm_and_starts_no_deadline(imported):
    assert Enquiry.objects.filter(thread__items__text=DANGER).exists()
    assert not Alarm.objects.exists()
    assert not Clock.objects.exists()
    assert not Enquiry.objects.exclude(due_at=None).exists()


def test_its_enquiries_are_closed_as_history_and_nobody_is_answered(imported):
    assert set(Enquiry.objects.values_list("state", "closed_because")) == {("CLOSED", ClosedBecause.HISTORY)}
    assert not Answer.objects.exists()
    assert not OutboxAct.objects.exists()


def test_a_new_comment_in_an_old_thread_counts_from_now(imported):
    old = Item.objects.get(text=QUESTION)
    imported.control.visitor("reply", target=old.external_id, name="Oda Fantasdal", text="Har dere glemt meg?")

    imported.come_and_go()

    enquiry = imported.enquiry_about(old.external_id)
    assert enquiry.state == "OPEN"
    assert enquiry.first_unanswered_at == Item.objects.get(text="Har dere glemt meg?").posted_at


def test_asking_twice_reads_again_and_changes_nothing(imported):
    before = (Item.objects.count(), ItemVersion.objects.count(), Enquiry.objects.count())

    channels.import_history(connection_id=imported.connection.public_id, by=imported.officer, at=clock.now())
    imported.work()

    assert (Item.objects.count(), ItemVersion.objects.count(), Enquiry.objects.count()) == before
    assert not PollCursor.objects.filter(is_history=True, finished_at=None).exists()
    assert AuditEvent.objects.filter(name="channels.history.requested").count() == 2
    assert RawDelivery.objects.filter(source="HISTORY").exists()
