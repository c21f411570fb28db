"""An archive core behind the Noark 5 service interface."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from torg.connectors.archives import contract
from torg.connectors.archives.contract import Arrived, Code, Corrected, Correction, Delivery, FoundCase, Receipt
from torg.connectors.archives.noark_rest import fields
from torg.connectors.archives.noark_rest.api import Api, Resource
from torg.connectors.archives.noark_rest.errors import Conflict
from torg.connectors.archives.noark_rest.filing import CLOSED, Filing, Incomplete
from torg.connectors.archives.noark_rest.finding import Finder, quoted
from torg.connectors.archives.noark_rest.rels import rel
from torg.connectors.archives.noark_rest.upload import Limits
from torg.connectors.contract import Gone, Refused

_MOST_CONFLICTS = 3


class NoarkArchive:
    """A core that answers at once. `system` is our name there; `series` the part (arkivdel) that we deliver to."""

    capabilities = contract.Capabilities(
        answers_at_once=True, finds_case_files=True, gives_code_lists=True, can_be_compared=True
    )

    def __init__(self, api: Api, *, system: str, series: str = "", limits: Limits | None = None) -> None:
        self._api = api
        self._system = system
        self._find = Finder(api, system=system, series=series)
        self._limits = limits or Limits()

    def deliver(self, delivery: Delivery) -> Receipt:
        """File what is missing of it."""
        return self._filing(delivery, may_create=True).run()

    def look(self, delivery: Delivery) -> Receipt | None:
        """The receipt when all of it is there."""
        try:
            return self._filing(delivery, may_create=False).run()
        except Incomplete:
            return None

    def correct(self, correction: Correction) -> Corrected:
        """Change the fields; what somebody else changed meanwhile is read again, and only ours is written."""
        told = {"tittel": correction.title, "offentligTittel": correction.public_title}
        changed: fields.Fields = {name: value for name, value in told.items() if value is not None}
        changed |= {"journalstatus": {"kode": str(correction.status)}} if correction.status else {}
        shielding = fields.restriction(correction.restriction)
        changed |= {"skjerming": shielding} if shielding or correction.lifts_restriction else {}
        for attempt in range(1, _MOST_CONFLICTS + 1):
            found = self._find.registration(correction.key)
            if found is None:
                raise Gone("The archive has no such registration.", code="unknown-key")
            try:
                self._api.change(found.links["self"], changed, etag=found.etag)
            except Conflict:
                if attempt == _MOST_CONFLICTS:
                    raise
            else:
                break
        return Corrected(correction.id)

    def collect(self) -> Iterator[Arrived]:
        """Nothing comes later."""
        return iter(())

    def acknowledge(self, handle: str) -> None:
        """Nothing to lay aside."""

    def find_case_file(self, number: str) -> FoundCase | None:
        """The case file with this number, and whether it still takes registrations."""
        found = self._find.case_by_number(number)
        if found is None:
            return None
        is_closed = found.code("saksstatus") in CLOSED
        return FoundCase(found.text("systemID"), number, found.text("tittel"), is_closed=is_closed)

    def code_lists(self) -> Mapping[str, Sequence[Code]]:
        """Every list that the core offers under its metadata."""
        try:
            lists = self._api.get(self._api.link("metadata")).links
        except Refused:
            return {}
        prefix = rel("metadata")
        return {
            name.removeprefix(prefix).strip("/"): [_code(one) for one in self._api.listing(href)]
            for name, href in lists.items()
            if name.startswith(prefix) and "/ny-" not in name and name != prefix
        }

    def held(self, *, since: date) -> Collection[str]:
        """The keys that stand in `beskrivelse` of journal entries and notes."""
        mark = fields.key_mark(self._system, "")
        where = f"startswith(beskrivelse, {quoted(mark)}) and opprettetDato ge {since.isoformat()}"
        return {
            one.text("beskrivelse").removeprefix(mark)
            for name in ("sakarkiv/journalpost", "sakarkiv/arkivnotat")
            for one in self._api.listing(self._api.link(name), where=where)
            if one.text("beskrivelse").startswith(mark) and one.text("opprettetDato")[:10] >= since.isoformat()
        }

    def check(self) -> str:
        """Log in, and find the part that we deliver to."""
        return self._find.series().text("tittel")

    def _filing(self, delivery: Delivery, *, may_create: bool) -> Filing:
        return Filing(self._api, self._find, delivery, limits=self._limits, may_create=may_create)


def _code(told: Resource) -> Code:
    return Code(told.text("kode"), told.text("kodenavn") or told.text("beskrivelse"))
