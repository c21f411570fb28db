"""Finding what is ours in the archive, and what we are told to use."""

from torg.connectors.archives.noark_rest.api import Api, Resource
from torg.connectors.archives.noark_rest.fields import key_mark
from torg.connectors.archives.noark_rest.rels import rel
from torg.connectors.contract import Refused


def quoted(text: str) -> str:
    """A text in an OData filter."""
    return "'" + text.replace("'", "''") + "'"


def number_of(number: str) -> tuple[int, int]:
    """Year and sequence of a case number ("2026/17"); raises Refused."""
    year, slash, sequence = number.partition("/")
    if not (slash and year.isdigit() and sequence.isdigit()):
        raise Refused("A case number is a year, a stroke and a number, such as 2026/17.", code="case-number")
    return int(year), int(sequence)


class Finder:
    """Looks things up by our key, by number, or by name. What a filter gives is checked again."""

    def __init__(self, api: Api, *, system: str, series: str) -> None:
        self._api = api
        self._system = system
        self._series = series

    def case_by_key(self, key: str) -> Resource | None:
        """Our case file."""
        return self._ours("sakarkiv/saksmappe", key)

    def case_by_number(self, number: str) -> Resource | None:
        """The archive's case file with this number."""
        year, sequence = number_of(number)
        where = f"saksaar eq {year} and sakssekvensnummer eq {sequence}"
        for one in self._api.listing(self._api.link("sakarkiv/saksmappe"), where=where):
            if (one.number("saksaar"), one.number("sakssekvensnummer")) == (year, sequence):
                return self.fresh(one)
        return None

    def registration(self, key: str) -> Resource | None:
        """Our journal entry or archive note."""
        found = self._ours("sakarkiv/journalpost", key)
        return found or self._ours("sakarkiv/arkivnotat", key)

    def series(self) -> Resource:
        """The part of the archive (arkivdel) that we deliver to; raises Refused when it is not clear which."""
        found = list(self._api.listing(self._api.link("arkivstruktur/arkivdel")))
        named = [one for one in found if self._series in (one.text("tittel"), one.text("systemID"))]
        chosen = named if self._series else found
        if len(chosen) != 1:
            raise Refused("The archive has no part (arkivdel) with that name, or several.", code="series")
        return self.fresh(chosen[0])

    def class_of(self, series: Resource, class_id: str) -> Resource | None:
        """The class in the series; None when the series is not classified."""
        systems = series.links.get(rel("arkivstruktur/klassifikasjonssystem"))
        for system in self._api.listing(systems) if systems else []:
            classes = self.fresh(system).links.get(rel("arkivstruktur/klasse"))
            for one in self._api.listing(classes, where=f"klasseID eq {quoted(class_id)}") if classes else []:
                if one.text("klasseID") == class_id:
                    return self.fresh(one)
        return None

    def fresh(self, resource: Resource) -> Resource:
        """The object as it stands now, with its links and its mark."""
        href = resource.links.get("self")
        return self._api.get(href) if href else resource

    def marked(self, href: str | None, key: str) -> Resource | None:
        """The object with our key in one list."""
        mark = key_mark(self._system, key)
        for one in self._api.listing(href, where=f"beskrivelse eq {quoted(mark)}") if href else []:
            if one.text("beskrivelse") == mark:
                return self.fresh(one)
        return None

    def _ours(self, name: str, key: str) -> Resource | None:
        return self.marked(self._api.link(name), key)
