"""Style sheets, fonts and scripts before Django: pages that stand without the database need them as fast."""

import re
from collections.abc import Iterator, Mapping
from mimetypes import guess_type
from pathlib import Path

from torg.site.ready import Headers, Message, Ready, Scope

# A name that holds the digest of its content never gets another.
NAMED_BY_CONTENT = re.compile(r".+\.([0-9a-f]{12})\.[a-z0-9]+$")
HEADERS: Headers = [
    (b"cache-control", b"public, max-age=315360000, immutable"),
    (b"vary", b"Accept-Encoding"),
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
]


class StaticFiles:
    """The gathered files that are named by their content, held in memory; all others are Django's to serve.

    Args:
        folder: where they were gathered; it need not be there.
        beginning: how their addresses begin, such as `/static/`.
        headers: what every answer carries besides.
    """

    def __init__(self, folder: Path, beginning: str, *, headers: Headers | None = None) -> None:
        self._ready: Mapping[str, Ready] = dict(_all(folder, beginning, headers or []))

    def find(self, scope: Scope) -> tuple[Message, Message] | None:
        """The answer to a request for one of them; None for anything else."""
        ready = self._ready.get(scope["path"])
        return ready.answer(scope) if ready and scope["method"] in {"GET", "HEAD"} else None


def _all(folder: Path, beginning: str, headers: Headers) -> Iterator[tuple[str, Ready]]:
    for path in folder.rglob("*"):
        named = NAMED_BY_CONTENT.match(path.name)
        if named is None or not path.is_file():
            continue
        packed = path.with_name(f"{path.name}.gz")
        tag = f'"{named[1]}"'
        yield (
            f"{beginning}{path.relative_to(folder).as_posix()}",
            Ready(
                [*HEADERS, (b"etag", tag.encode()), *headers],
                tag,
                guess_type(path.name)[0] or "application/octet-stream",
                path.read_bytes(),
                packed.read_bytes() if packed.exists() else b"",
            ),
        )
