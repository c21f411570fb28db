"""A clamd for the tests, on loopback: it speaks INSTREAM, and finds the one virus that is made for testing."""

import socket
import struct
import threading

# Every scanner knows it, and it does nothing: https://www.eicar.org. In two parts, so that this file is not it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """Answers one connection after the other; `says` in place of its own verdict, nothing at all when it is silent."""

    def __init__(self, *, says: bytes = b"", is_silent: bool = False) -> None:
        self._says, self._is_silent = says, is_silent
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.heard: list[bytes] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Scanner":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join(5)
        self._listening.close()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                line, _who = self._listening.accept()
            except TimeoutError:
                continue
            with line, line.makefile("rb") as reader:
                self._answer(line, reader)

    def _answer(self, line, reader) -> None:
        if reader.read(10) != b"zINSTREAM\0":
            return
        data = b""
        while size := struct.unpack(">I", reader.read(4))[0]:
            data += reader.read(size)
        self.heard.append(data)
        if self._is_silent:
            self._over.wait(5)
            return
        found = b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"
        line.sendall((self._says or found) + b"\0")
