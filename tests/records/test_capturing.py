"""What was said is kept byte for byte, with every file that it names."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.records import samples
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.files import commands as files
from torg.files.models import Hold
from torg.records import canonical, commands, queries
from torg.records.models import Capture

pytestmark = pytest.mark.django_db
BY = Rule("test", "1")


@pytest.mark.parametrize("text", ["Hei 👍🏽", "\x00\x07]]>", "\udce6 alene", "‮baklengs", "a" * 100_000])
def test_a_snapshot_comes_back_as_it_went_in(at, text):
    before = samples.snapshot(text=text, at=at)

    after = canonical.from_bytes(canonical.to_bytes(before), taken_at=at)

    assert after == before


def test_the_same_content_is_one_file_and_two_rows(at):
    said = samples.snapshot(at=at)
    later = samples.snapshot(subject_id=said.subject.id, scope_id=said.scope_id, at=at, taken=timedelta(hours=1))

    first = commands.capture(snapshot=said, reason="TEST", by=BY, at=at)
    second = commands.capture(snapshot=later, reason="TEST", by=BY, at=at + timedelta(hours=1))

    assert first.sha256 == second.sha256
    assert queries.snapshot_of(second).taken_at == at + timedelta(hours=1)


def test_a_capture_holds_its_own_file_its_attachments_and_its_deliveries(at):
    picture = files.store(data=b"\x89PNG a picture", claimed_type=None, at=at).sha256
    delivery = files.store(data=b'{"entry": []}', claimed_type=None, at=at).sha256

    taken = commands.capture(
        snapshot=samples.snapshot(picture=picture, delivery=delivery, at=at), reason="TEST", by=BY, at=at
    )

    held = Hold.objects.filter(holder_id=taken.public_id, released_at=None).values_list("file_id", flat=True)
    assert set(held) == {taken.sha256, picture, delivery}


def test_a_file_that_is_gone_does_not_lose_the_capture(at):
    taken = commands.capture(snapshot=samples.snapshot(picture="0" * 64, at=at), reason="TEST", by=BY, at=at)

    event = AuditEvent.objects.get(name="records.capture.taken")
    assert event.target_id == str(taken.public_id)
    assert event.facts["missing_files"] == 1


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_capture_never_changes(at, act):
    commands.capture(snapshot=samples.snapshot(at=at), reason="TEST", by=BY, at=at)

    with pytest.raises(DatabaseError), transaction.atomic():
        Capture.objects.update(reason="OTHER") if act == "update" else Capture.objects.all()._raw_delete("default")
