"""Which official schema an XML file belongs to, and how it breaks it."""

from dataclasses import dataclass
from pathlib import Path

from torg.noark.schemas import opening, validation
from torg.noark.schemas.published import Published, of_namespace
from torg.noark.schemas.store import Store
from torg.noark.schemas.validation import Fault

SHOWN = 100


class Unknown(Exception):
    """The file belongs to no schema that is known, or to one that is not installed; the text says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The schema a file belongs to, and where it breaks it: nowhere when `faults` is empty."""

    schema: Published
    faults: tuple[Fault, ...]


def answer(path: Path, store: Store) -> Answer:
    """Hold a file against the schema of its namespace; of several versions, the newest that it fits.

    Raises Unknown, opening.Unreadable for what is not well-formed XML, validation.BrokenSchema and OSError.
    """
    with path.open("rb") as file:
        root = opening.root_of(file)
    known = of_namespace(root.namespace)
    if not known:
        raise Unknown(f"Rotelementet er {root.name} i navnerommet «{root.namespace}»; det er ikke et kjent skjema.")
    here = [schema for schema in known if schema in store]
    if not here:
        raise Unknown(
            f"Filen hører til {known[0].title}, som ikke er installert. "
            f"Last det ned fra {known[0].family.published_at} og kjør: torg noark schemas MAPPE"
        )
    answers = [held_against(path, schema, store) for schema in here]
    return next((one for one in answers if not one.faults), answers[0])


def held_against(path: Path, schema: Published, store: Store) -> Answer:
    """How a file fits one schema."""
    compiled = validation.compiled(store.family(schema.family.key), schema.name)
    return Answer(schema, tuple(validation.faults(lambda: path.open("rb"), compiled, most=SHOWN)))
