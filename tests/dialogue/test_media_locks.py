"""While a platform sends bytes, which may take twenty seconds, everybody else can use the rows."""

import psycopg

from tests.dialogue.arriving import AT, absorb, connect, event
from torg.connectors.contract import Attachment as Told
from torg.dialogue import following, media
from torg.dialogue.models import Attachment
from torg.dialogue.tasks import FETCHER


def test_no_row_is_locked_while_bytes_are_on_their_way(fresh_database, monkeypatch):
    absorb(connect(), event(text="Se", attachments=(Told("photo", url="https://bilder.example/a.jpg"),)))

    def lock_meanwhile(attachment):
        with psycopg.connect(fresh_database) as other:
            other.execute("SELECT 1 FROM dialogue_attachment WHERE id = %s FOR UPDATE NOWAIT", [attachment.pk])
        return media.Outcome(body=b"bytes")

    monkeypatch.setattr(media, "get", lock_meanwhile)

    assert following.fetch_attachments(limit=5, by=FETCHER, at=AT) == 1
    assert Attachment.objects.get().state == "NOTED"
