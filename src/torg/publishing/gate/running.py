"""All checks over one version of an article."""

from collections.abc import Mapping
from uuid import UUID

from torg.publishing.gate import channels, films, headings, languages, links, personal, pictures, reading, whole
from torg.publishing.gate.types import Bounds, Remark
from torg.publishing.types import Content

NO_PLATFORMS: Mapping[UUID, str] = {}


def run(
    content: Content, *, bounds: Bounds | None = None, platforms: Mapping[UUID, str] = NO_PLATFORMS, link: str = ""
) -> list[Remark]:
    """Everything that is wrong, refusals first; an empty list lets the article through.

    Args:
        content: what people would read.
        bounds: how hard the text may be; Torg's own figures when none were decided.
        platforms: the platform of each connection that a channel text is for.
        link: the link back as it will be, for its length.
    """
    found = [
        *whole.find(content),
        *headings.find(content),
        *links.find(content),
        *pictures.find(content),
        *films.find(content),
        *languages.find(content),
        *reading.find(content, bounds or Bounds()),
        *personal.find(content),
        *channels.find(content, platforms, link),
    ]
    return sorted(found, key=lambda remark: not remark.refuses)
