"""ClamAV's clamd: is there a virus in these bytes? By its command INSTREAM, over a socket."""

import io
import socket
import struct
import time
from dataclasses import dataclass
from typing import BinaryIO

PIECE = 64 * 1024
LONGEST_ANSWER = 4096
DEFAULT_PORT = 3310


class ScanProblem(Exception):
    """No verdict: clamd is away, too slow, or refused the stream. Trying again can help; the text is for operators."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What clamd found; `signature` names the virus."""

    is_clean: bool
    signature: str = ""


def scan(data: bytes | BinaryIO, *, address: str, seconds: float = 30.0) -> Verdict:
    """Let clamd look through the bytes; raises ScanProblem.

    Args:
        data: the whole file, or one that is open and read in pieces.
        address: the path of a socket (/run/clamav/clamd.ctl), or host:port.
        seconds: how long the whole may take.
    """
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    deadline = time.monotonic() + seconds
    try:
        with _connected(address, seconds) as line:
            # The z form ends answers with a zero byte, so that nothing in a name can be taken for the end.
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                line.settimeout(_left(deadline))
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            return _verdict(_answer(line, deadline))
    except (OSError, ValueError) as error:
        raise ScanProblem(f"clamd gave no verdict: {type(error).__name__}") from error


def _connected(address: str, seconds: float) -> socket.socket:
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host or address, int(port) if host else DEFAULT_PORT), timeout=seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(seconds)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket, deadline: float) -> str:
    heard = bytearray()
    while not heard.endswith(b"\0") and len(heard) < LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        heard += piece
    return heard.rstrip(b"\0").decode(errors="replace").strip()


def _verdict(answer: str) -> Verdict:
    """`stream: OK`, or `stream: <name> FOUND`; all else is no verdict."""
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return Verdict(is_clean=True)
    if said.endswith(" FOUND"):
        return Verdict(is_clean=False, signature=said.removesuffix(" FOUND"))
    raise ScanProblem("clamd refused the file, which may be larger than it takes")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
