"""Time stamps by an authority of our own, made with openssl."""

import subprocess
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.audit import log
from torg.audit import command_line, stamping, verifying
from torg.audit.models import Checkpoint, TimeStamp
from torg.audit.verdicts import Break, BreakKind
from torg.connectors.services import tsa

CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with a root and a time-stamping certificate that it signed."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01\n")
    (folder / "tsa.conf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "use").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
    new = ("-newkey", "rsa:2048", "-nodes")
    root = ("-keyout", f"{folder}/root.key", "-out", f"{folder}/root.pem", "-days", "3650", "-subj", "/CN=Test root")
    openssl("req", "-x509", *new, *root)
    openssl("req", *new, "-keyout", f"{folder}/tsa.key", "-out", f"{folder}/tsa.csr", "-subj", "/CN=Test authority")
    signed_by = ("-CA", f"{folder}/root.pem", "-CAkey", f"{folder}/root.key", "-CAcreateserial", "-days", "3650")
    openssl(
        "x509", "-req", "-in", f"{folder}/tsa.csr", *signed_by, "-extfile", f"{folder}/use", "-out", f"{folder}/tsa.pem"
    )
    return folder


@pytest.fixture
def serve(authority, settings):
    """Start the authority; `change` may alter what it answers."""
    servers = []

    def start(change=lambda answer: answer):
        class Answer(BaseHTTPRequestHandler):
            def do_POST(self):
                (authority / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
                reply = ("-reply", "-queryfile", f"{authority}/query", "-out", f"{authority}/answer")
                openssl("ts", *reply, "-config", f"{authority}/tsa.conf")
                self.send_response(200)
                self.end_headers()
                self.wfile.write(change((authority / "answer").read_bytes()))

            def log_message(self, *arguments):
                pass

        server = HTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.TIME_STAMP_URL = f"http://127.0.0.1:{server.server_port}/"
        settings.TIME_STAMP_ROOTS = str(authority / "root.pem")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_checkpoint_is_time_stamped_and_the_stamp_is_verified(fresh_database, serve, at):
    serve()
    log.sealed(at)

    assert stamping.stamp_newest(at=at).size == 10
    verdict = verifying.verify()
    assert (verdict.is_whole, verdict.stamps) == (True, 1)


def test_a_stamp_over_another_checkpoint_is_named(fresh_database, serve, postgres, at):
    serve()
    log.sealed(at)
    stamping.stamp_newest(at=at)

    log.tamper(postgres, ("UPDATE audit_time_stamp SET size = 5",))

    assert verifying.verify().first_break == Break(BreakKind.STAMP, 5)


def test_stamps_are_asked_for_at_most_once_an_hour(fresh_database, serve, at):
    serve()
    log.sealed(at, portions=(2,))
    stamping.stamp_newest(at=at)
    log.sealed(at, portions=(2,))

    assert stamping.stamp_newest(at=at + timedelta(minutes=59)) is None
    assert stamping.stamp_newest(at=at + timedelta(minutes=60)).size == 4


@pytest.mark.parametrize("broken", [b"", b"<html>", b"\x30\x03\x02\x01\x02"])
def test_an_authority_that_answers_nonsense_stops_nothing(fresh_database, serve, at, broken):
    serve(lambda answer: broken)
    log.sealed(at)

    assert stamping.stamp_newest(at=at) is None
    assert verifying.verify().is_whole


def test_a_dead_authority_stops_nothing(fresh_database, settings, at):
    settings.TIME_STAMP_URL = "http://127.0.0.1:1/"
    log.sealed(at)

    assert stamping.stamp_newest(at=at) is None
    assert TimeStamp.objects.count() == 0
    assert Checkpoint.objects.count() == 2


def test_an_answer_to_another_question_is_refused(fresh_database, serve, authority, at):
    serve()
    log.sealed(at, portions=(2,))
    stamping.stamp_newest(at=at)
    old = (authority / "answer").read_bytes()
    serve(lambda answer: old)
    log.sealed(at, portions=(2,))

    assert stamping.stamp_newest(at=at + timedelta(hours=2)) is None


def test_an_old_answer_to_the_same_question_is_refused(serve, authority, settings):
    serve()
    tsa.stamp(settings.TIME_STAMP_URL, b"the same", allow_loopback=True)
    old = (authority / "answer").read_bytes()
    serve(lambda answer: old)

    with pytest.raises(tsa.StampProblem, match="another question"):
        tsa.stamp(settings.TIME_STAMP_URL, b"the same", allow_loopback=True)


def test_the_command_line_says_when_nothing_was_stamped(fresh_database, at, capsys):
    assert command_line.main(["stamp"]) == 1
