"""The official schemas that Torg knows: name, namespace, version, SHA-256 and where each is published."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Family:
    """Schemas that are published together and refer to each other by file name."""

    key: str
    title: str
    published_at: str


@dataclass(frozen=True, slots=True)
class Published:
    """One official schema file; `sha256` is that of its bytes as published."""

    family: Family
    name: str
    version: str
    namespace: str
    sha256: str

    @property
    def title(self) -> str:
        """What a reader calls it: “Noark 5 5.0 arkivstruktur.xsd”."""
        return " ".join(part for part in (self.family.title, self.version, self.name) if part)


NOARK5 = Family("n5-v5.0", "Noark 5", "https://github.com/nasjonalarkivet/schemas/tree/master/N5/v5.0")
FAMILIES = (
    NOARK5,
    Family("addml", "ADDML", "https://github.com/nasjonalarkivet/schemas/tree/master/ADDML"),
    Family("dias", "DIAS", "https://github.com/nasjonalarkivet/schemas"),
    Family(
        "arkivmelding-eformidling",
        "eFormidling arkivmelding",
        "https://github.com/felleslosninger/efm-integrasjonspunkt/tree/main/nextmove/src/main/xsd",
    ),
    Family("fiks-arkiv-v1", "Fiks Arkiv", "https://github.com/ks-no/fiks-arkiv-specification/tree/main/Schema/V1"),
    Family(
        "n5-api",
        "Noark 5 tjenestegrensesnitt",
        "https://github.com/arkivverket/noark5-tjenestegrensesnitt-standard/tree/master/xsd",
    ),
)


def _table() -> Iterator[Published]:
    families = {family.key: family for family in FAMILIES}
    text = files(__package__).joinpath("published.tsv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        yield Published(families[row["family"]], row["name"], row["version"], row["namespace"], row["sha256"])


# The facts stand in a table of their own, one line for each file, so that a new edition is one line more.
PUBLISHED = tuple(_table())


def of_family(key: str) -> tuple[Published, ...]:
    """Every schema of one family."""
    return tuple(one for one in PUBLISHED if one.family.key == key)


def of_namespace(namespace: str) -> tuple[Published, ...]:
    """The schemas that declare a namespace, newest version first."""
    found = [one for one in PUBLISHED if one.namespace == namespace]
    return tuple(sorted(found, key=lambda one: one.version, reverse=True))
