"""The elements of an archive that tests look at: what each is, where it stands and what it says."""

STRUCTURE = frozenset(
    {
        "arkiv",
        "arkivdel",
        "klassifikasjonssystem",
        "klasse",
        "mappe",
        "registrering",
        "dokumentbeskrivelse",
        "dokumentobjekt",
    }
)
ADDITIONS = frozenset(
    {
        "part",
        "sakspart",
        "merknad",
        "kryssreferanse",
        "presedens",
        "korrespondansepart",
        "avskrivning",
        "dokumentflyt",
        "skjerming",
        "gradering",
        "kassasjon",
        "utfoertKassasjon",
        "konvertering",
    }
)
VALUES = frozenset(
    {
        "systemID",
        "tittel",
        "arkivdelstatus",
        "opprettetDato",
        "saksstatus",
        "journalposttype",
        "journalstatus",
        "journaldato",
        "registreringsID",
        "moeteregistreringsstatus",
        "dokumentstatus",
        "dokumentmedium",
        "korrespondanseparttype",
        "avskrivningsmaate",
        "kassasjonsvedtak",
        "format",
        "referanseDokumentfil",
        "sjekksum",
        "sjekksumAlgoritme",
        "filstoerrelse",
        "referanseArkivdel",
        "referanseSekundaerKlassifikasjon",
        "referanseTilKlasse",
        "referanseTilMappe",
        "referanseTilRegistrering",
        "referanseTilBasisregistrering",
        # Journals and the log of changes.
        "journalStartDato",
        "journalSluttDato",
        "antallJournalposter",
        "referanseArkivenhet",
    }
)


class Element:
    """One element with its values; what stands inside it has been read and forgotten, all but its number."""

    __slots__ = ("children", "depth", "line", "name", "parent", "part", "type", "values")

    def __init__(self, name: str, kind: str, line: int, depth: int, parent: "Element | None") -> None:
        self.name = name
        self.type = kind
        self.line = line
        self.depth = depth
        self.parent = parent
        self.part: Element | None = self if name == "arkivdel" else (parent.part if parent else None)
        self.values: dict[str, list[tuple[str, int]]] = {}
        self.children: dict[str, int] = {}

    @property
    def system_id(self) -> str:
        """The element's own systemID, else that of the nearest element around it that has one."""
        at: Element | None = self
        while at is not None:
            if "systemID" in at.values:
                return at.text("systemID")
            at = at.parent
        return ""

    def text(self, name: str) -> str:
        """The (first) value of that name; empty when there is none."""
        values = self.values.get(name)
        return values[0][0] if values else ""

    def line_of(self, name: str) -> int:
        """Where that value stands; the element's own line when there is none."""
        values = self.values.get(name)
        return values[0][1] if values else self.line

    def all(self, name: str) -> list[tuple[str, int]]:
        """Every value of that name with its line."""
        return self.values.get(name, [])

    def has(self, *names: str) -> bool:
        """Whether an element of one of these names stands directly inside."""
        return any(name in self.children for name in names)

    def level(self) -> int:
        """1 for the outermost of its name, 2 for one inside that, and so on."""
        around, level = self.parent, 1
        while around is not None and around.name == self.name:
            around, level = around.parent, level + 1
        return level

    def within(self, name: str) -> "Element | None":
        """The nearest element of that name around this one."""
        around = self.parent
        while around is not None and around.name != name:
            around = around.parent
        return around

    def path(self) -> str:
        """The names from the root to here."""
        names: list[str] = []
        at: Element | None = self
        while at is not None:
            names.append(at.name)
            at = at.parent
        return "/" + "/".join(reversed(names))
