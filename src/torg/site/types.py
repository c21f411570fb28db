"""What is published: bytes of a media type, with a tag that changes when they do."""

import hashlib
from dataclasses import dataclass

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Part:
    """A page or a file of the public site."""

    body: bytes
    media_type: str = HTML

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'
