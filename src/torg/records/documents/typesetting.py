"""Sets a document; runs in the confined process, never in ours."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("document.typ")
# Archiving with structure (ISO 19005-2, level A) and accessible to all (ISO 14289-1).
STANDARDS: list["typst.PDFStandard"] = ["a-2a", "ua-1"]


def typeset(
    content: str, pictures: dict[str, bytes], timestamp: int, folders: list[str], template: Path = TEMPLATE
) -> bytes:
    """The PDF of this content (JSON, as `template` reads it); the same content gives the same bytes."""
    import typst

    # The typesetter takes text only: the bytes of a picture go as numbers.
    numbers = json.dumps({name: list(data) for name, data in pictures.items()})
    return typst.compile(
        template.read_bytes(),
        sys_inputs={"content": content, "pictures": numbers},
        font_paths=found_fonts(tuple(folders)),
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=timestamp,
    )


@cache
def found_fonts(folders: tuple[str, ...]) -> "typst.Fonts":
    """The fonts in these folders, and no others: neither the system's nor the typesetter's own."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
