"""Requests written byte by byte, as no well-behaved client would send them."""

import socket
from contextlib import closing

WAIT = 10.0


def send(port, data, *, wait=WAIT):
    """Everything that the server answers to these bytes until it closes or is silent for `wait` seconds."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=wait)) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except TimeoutError:
            pass
        return answer


def get(port, target, *lines, method=b"GET", body=b"", wait=WAIT):
    """The whole answer to one request with exactly this target and these header lines."""
    head = [method + b" " + target + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *lines]
    if body:
        head.append(b"Content-Length: %d" % len(body))
    return send(port, b"\r\n".join(head) + b"\r\n\r\n" + body, wait=wait)


def status(answer):
    """The status of an answer, 0 when there was none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
