"""What is published: bytes of a media type, with a tag that changes when they do."""

import hashlib
from dataclasses import dataclass

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Part:
    """A page or a file of the public site."""

    body: bytes
    media_type: str = HTML
    # Which other web sites may show it in a box, in the words of the content security policy; empty: none.
    frame_ancestors: str = ""
    # A film lies in the files room, under its hash, and is never held in memory.
    file_sha256: str = ""
    file_size: int = 0

    @property
    def etag(self) -> str:
        if self.file_sha256:
            return f'"{self.file_sha256[:20]}"'
        return f'"{hashlib.sha256(self.body + self.frame_ancestors.encode()).hexdigest()[:20]}"'

    @property
    def is_packed_already(self) -> bool:
        """Whether the format is compressed in itself, as pictures and films are."""
        return self.media_type.startswith(("image/", "video/", "audio/")) and self.media_type != "image/svg+xml"
