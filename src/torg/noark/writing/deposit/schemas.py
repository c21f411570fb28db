"""The official schemas that a deposit must carry unchanged (krav 6.4.18), from where this installation keeps them."""

from pathlib import Path

from torg.noark.schemas.published import PUBLISHED, Published, of_family
from torg.noark.schemas.store import Store

ADDML = next(one for one in PUBLISHED if one.family.key == "addml" and one.version == "8.3")
# The name in the package is the standard's (krav 6.4.19); ADDML's is published under another.
CARRIED: dict[str, Published] = {one.name: one for one in of_family("n5-v5.0")} | {"addml.xsd": ADDML}


class SchemasMissing(FileNotFoundError):
    """The folder lacks some of the official schemas; the text names them and where they are published."""


def read(folder: Path) -> dict[str, bytes]:
    """The schemas by their name in the package, each proved by its SHA-256. Raises SchemasMissing."""
    store = Store.of(folder)
    missing = {name: schema.family.published_at for name, schema in CARRIED.items() if schema not in store}
    if missing:
        named = "; ".join(f"{name} ({place})" for name, place in missing.items())
        raise SchemasMissing(
            f"{folder} lacks official schemas that a deposit must carry: {named}. "
            "Fetch them, then run: torg noark schemas FOLDER"
        )
    return {name: store.content(schema) for name, schema in CARRIED.items()}
