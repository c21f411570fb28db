"""How a file is handed to a browser: as what its bytes show, and never so that it can run."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import StreamingHttpResponse

from torg.files import queries
from torg.files.models import StoredFile
from torg.files.sniffing import UNKNOWN

SHOWN_IN_PLACE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
# What a browser could run if it came as itself.
DANGEROUS = frozenset({"text/html", "image/svg+xml", "application/xml", "application/xhtml+xml", "text/javascript"})


PIECE = 256 * 1024


def streamed(file: StoredFile, *, name: str) -> StreamingHttpResponse:
    """An answer with a long file as a download, a piece at a time; raises FileDamaged when it is not whole on disk."""
    opened = queries.checked(file.sha256)

    def pieces() -> Iterator[bytes]:
        with opened:
            while piece := opened.read(PIECE):
                yield piece

    return StreamingHttpResponse(pieces(), headers=headers_for(file, name=name))


def headers_for(file: StoredFile, *, name: str, in_place: bool = False) -> dict[str, str]:
    """The headers of an answer that holds this file.

    Args:
        file: the file.
        name: what the person's copy should be called.
        in_place: show it in the page; only pictures are, everything else is always a download.
    """
    shown = in_place and file.media_type in SHOWN_IN_PLACE
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)[:100]
    disposition = "inline" if shown else "attachment"
    return {
        "Content-Type": UNKNOWN if file.media_type in DANGEROUS else file.media_type,
        "Content-Length": str(file.size),
        "Content-Disposition": f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name[:100], safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
