"""Fetching attachments: from the platforms' hosts only, kept or described as the municipality has decided."""

import hashlib
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.dialogue.arriving import AT, absorb, connect, event
from torg.audit.models import AuditEvent
from torg.connectors.contract import Attachment as Told
from torg.dialogue import commands, following, media
from torg.dialogue.models import Attachment, AttachmentState
from torg.dialogue.tasks import FETCHER
from torg.files import commands as files

PICTURE = b"\xff\xd8\xff" + b"bilde" * 100
pytestmark = pytest.mark.django_db


class Pictures(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404 if "gone" in self.path else 200)
        self.end_headers()
        self.wfile.write(PICTURE)

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def host(settings, tmp_path):
    settings.GRAPH_ADDRESS = "http://127.0.0.1"
    settings.FILES_FOLDER = tmp_path
    server = HTTPServer(("127.0.0.1", 0), Pictures)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetched(url, **connection):
    absorb(connect(**connection), event(text="Se", attachments=(Told("photo", url=url),)))
    assert following.fetch_attachments(limit=5, by=FETCHER, at=AT) == 1
    return Attachment.objects.get()


def test_by_default_a_picture_is_described_and_not_kept(host):
    found = fetched(f"{host}/a.jpg")

    assert (found.state, found.size, found.media_type) == ("NOTED", len(PICTURE), "image/jpeg")
    assert found.sha256 == hashlib.sha256(PICTURE).hexdigest()


def test_where_it_is_decided_a_picture_is_kept_and_held(host):
    found = fetched(f"{host}/a.jpg", keeps_media=True)

    assert found.state == "STORED" and files.read(found.sha256) == PICTURE
    assert AuditEvent.objects.filter(name="dialogue.attachments.fetched").exists()


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/a.jpg", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "gopher://x"],
)
def test_an_address_elsewhere_is_refused(host, url):
    assert fetched(url).state == "REFUSED"


def test_what_is_too_large_is_refused(host, monkeypatch):
    monkeypatch.setattr(media, "MOST_BYTES", 100)

    found = fetched(f"{host}/a.jpg")

    assert (found.state, found.reason) == ("REFUSED", "size")


def test_an_address_that_has_died_is_told_and_its_page_is_not_the_picture(host):
    found = fetched(f"{host}/gone.jpg")

    assert (found.state, found.reason, found.sha256) == ("FAILED", "404", None)


def waiting(url):
    absorb(connect(), event(text="Se", attachments=(Told("photo", url=url),)))


def test_what_a_job_that_died_had_claimed_is_fetched_once_the_claim_is_old(host):
    waiting(f"{host}/a.jpg")
    assert len(media.claim(limit=5, at=AT)) == 1

    soon = following.fetch_attachments(limit=5, by=FETCHER, at=AT + timedelta(minutes=1))
    later = following.fetch_attachments(limit=5, by=FETCHER, at=AT + media.CLAIM_HOLDS + timedelta(seconds=1))

    assert (soon, later) == (0, 1)
    assert Attachment.objects.get().state == "NOTED"


def test_the_second_of_two_that_fetched_the_same_changes_nothing(host):
    waiting(f"{host}/a.jpg")
    [claimed] = media.claim(limit=5, at=AT)
    noted = [
        commands.note_attachment(attachment_id=claimed.pk, outcome=outcome, by=FETCHER, at=AT)
        for outcome in (media.Outcome(body=PICTURE), media.Outcome(AttachmentState.FAILED, "404"))
    ]

    assert noted == [True, False]
    assert Attachment.objects.get().state == "NOTED"
