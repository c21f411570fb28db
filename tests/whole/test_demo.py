"""The demonstration is made by commands and events, and shows a town at work."""

from collections import Counter

import pytest
from devtools.graph_standin.server import Standin
from django.test import override_settings

from torg.audit.models import AuditEvent
from torg.channels import making
from torg.channels.models import DeliveryState, RawDeliveryState
from torg.config.demo import command_line, town
from torg.core import clock
from torg.dialogue.models import Item
from torg.guidance.models import AdviceQuestion, GuideEntry
from torg.inbox.models import Answer, Clock, Enquiry, Forwarding, KnownIssue, Promise
from torg.moderation.models import Case, CitizenReport, Complaint
from torg.outbox.models import OutboxAct
from torg.people.models import EntrustedWork, Login, Municipality, RoleAssignment
from torg.people.types import Role
from torg.records.models import Assessment, JournalEntry


@pytest.fixture(scope="module")
def eksempelvik(shared_database, tmp_path_factory):
    """The demonstration, made once; what follows looks at it and changes nothing."""
    data = tmp_path_factory.mktemp("eksempelvik")
    making._budgets.clear()
    with (
        Standin(seed="demo") as standin,
        override_settings(FILES_FOLDER=data / "files", SPOOL_FOLDER=data / "spool", GRAPH_ADDRESS=standin.base_url),
    ):
        assert command_line.main([]) == 0
        yield standin


def test_there_is_somebody_in_every_role_and_all_can_sign_in(eksempelvik):
    assert Municipality.objects.get().is_fictional
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(Role.values)
    assert not RoleAssignment.objects.filter(is_waiting=True).exists()
    assert Login.objects.count() == len(town.PARTS)
    assert all(login.email.endswith("@eksempelvik.example") for login in Login.objects.all())


def test_every_scene_has_taken_place(eksempelvik):
    answers = Counter(Answer.objects.filter(is_automatic=False).values_list("state", flat=True))
    assert answers == {"CONFIRMED": 5, "WAITING": 1}
    assert Promise.objects.count() == 1
    assert Forwarding.objects.count() == 1
    assert KnownIssue.objects.count() == 1
    assert Counter(Case.objects.values_list("state", flat=True)) == {
        "OPEN": 40,
        "PROPOSED": 1,
        "CLOSED": 3,
        "DISMISSED": 1,
    }
    assert CitizenReport.objects.filter(state="WAITING").count() == 2
    assert Counter(Complaint.objects.values_list("state", flat=True)) == {"WAITING": 1, "DECIDED": 1}
    assert JournalEntry.objects.filter(journal_number__isnull=False).count() == 8
    assert Assessment.objects.filter(state="DECIDED").count() == 4
    assert set(OutboxAct.objects.values_list("state", flat=True)) == {"CONFIRMED"}
    assert Counter(AdviceQuestion.objects.values_list("state", flat=True)) == {"ANSWERED": 2, "WAITING": 2}
    assert GuideEntry.objects.count() == 2
    assert set(EntrustedWork.objects.values_list("state", flat=True)) == {"GIVEN"}


def test_some_questions_are_answered_in_time_and_some_wait_too_long(eksempelvik):
    answered = Clock.objects.exclude(stopped_at=None)

    assert answered.exists()
    assert Enquiry.objects.filter(state="OPEN", due_at__lt=clock.now()).exists()
    assert Enquiry.objects.filter(state="CLOSED").exists()


def test_nothing_is_lost_and_nothing_lies_in_the_future(eksempelvik):
    assert not RawDeliveryState.objects.exclude(state=DeliveryState.PROCESSED).exists()
    assert not Item.objects.filter(posted_at__gt=clock.now()).exists()
    assert not AuditEvent.objects.filter(at__gt=clock.now()).exists()


def test_what_staff_answered_stands_on_the_page_at_the_time_they_answered(eksempelvik):
    answer = Answer.objects.filter(state="CONFIRMED", kind="PUBLIC_REPLY").first()

    [there] = [row for row in eksempelvik.control.state()["comments"] if row["id"] == answer.external_id]

    assert abs(there["created"] - answer.sent_at.timestamp()) < 60


def test_a_second_start_changes_nothing(eksempelvik):
    before = (AuditEvent.objects.count(), Item.objects.count())

    assert command_line.main([]) == 0

    assert (AuditEvent.objects.count(), Item.objects.count()) == before
