"""Filing one delivery step by step, where each step first looks what is there.

So a delivery that was cut off anywhere goes on where it stopped. The same walk without the right to create tells
whether all of it is there.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from torg.connectors.archives import contract
from torg.connectors.archives.contract import Delivery, Document, File, FollowUp, Receipt, RegistrationKind
from torg.connectors.archives.noark_rest import fields
from torg.connectors.archives.noark_rest.api import Api, Resource
from torg.connectors.archives.noark_rest.finding import Finder
from torg.connectors.archives.noark_rest.rels import rel
from torg.connectors.archives.noark_rest.upload import Limits, upload
from torg.connectors.contract import ChannelError, Refused

_PARTY_KINDS = ("korrespondansepartperson", "korrespondansepartenhet", "korrespondansepartintern")
CLOSED = ("A", "U")


class Incomplete(Exception):
    """Something of the delivery is not there."""


class Filing:
    """One delivery on its way into the archive, or being looked for there."""

    def __init__(self, api: Api, finder: Finder, delivery: Delivery, *, limits: Limits, may_create: bool) -> None:
        self._api = api
        self._find = finder
        self._delivery = delivery
        self._limits = limits
        self._may_create = may_create
        self._made: list[Resource] = []

    def run(self) -> Receipt:
        """File what is missing; raises the contract's errors, or Incomplete when nothing may be created.

        What this run made of a refused registration is taken away again; the case file stays, for others may use it.
        """
        case = self._case()
        try:
            registration, is_existing = self._registration(case)
            self._parties(registration)
            for document in self._delivery.registration.documents:
                self._document(registration, document)
            for follow_up in self._delivery.registration.follow_ups:
                self._follow_up(follow_up, registration)
            registration = self._finished(registration)
        except Refused:
            self._take_back()
            raise
        return receipt(self._delivery.registration.key, case, registration, is_existing=is_existing)

    def _case(self) -> Resource:
        wanted = self._delivery.case_file
        if wanted.number:
            found = self._find.case_by_number(wanted.number)
            if found is None:
                self._refuse_to_create()
                raise Refused("The archive has no case file with that number.", code="case-unknown")
            return found
        return self._find.case_by_key(wanted.key) or self._new_case()

    def _new_case(self) -> Resource:
        self._refuse_to_create()
        wanted = self._delivery.case_file
        series = self._find.series()
        parent = self._find.class_of(series, wanted.class_id) if wanted.class_id else None
        href = _offered(parent or series, "sakarkiv/ny-saksmappe")
        return self._api.create(href, fields.of_case(wanted, system=self._delivery.system))

    def _registration(self, case: Resource) -> tuple[Resource, bool]:
        wanted = self._delivery.registration
        told = fields.of_registration(wanted, system=self._delivery.system)
        found = self._find.registration(wanted.key)
        if found is not None:
            return self._mended(found, told), True
        if case.code("saksstatus") in CLOSED:
            self._refuse_to_create()
            raise Refused("The case file is closed in the archive.", code="case-closed")
        new = "ny-journalpost" if wanted.kind is RegistrationKind.JOURNAL_ENTRY else "ny-arkivnotat"
        return self._create(case, f"sakarkiv/{new}", told), False

    def _mended(self, found: Resource, told: fields.Fields) -> Resource:
        """A person may have mended a title since the part that is there was made."""
        changed = fields.differing(told, found.content)
        if not changed or not self._may_create:
            return found
        self._api.change(_offered_self(found), changed, etag=found.etag)
        return self._find.fresh(found)

    def _parties(self, registration: Resource) -> None:
        there: Counter[tuple[str, str]] = Counter()
        for kind in _PARTY_KINDS:
            href = registration.links.get(rel(f"arkivstruktur/{kind}"))
            for one in self._api.listing(href) if href else []:
                there[_party_mark(one.content)] += 1
        for party in self._delivery.registration.correspondents:
            told = fields.of_correspondent(party)
            mark = _party_mark(told)
            if there[mark]:
                there[mark] -= 1
                continue
            kind = _PARTY_KINDS[2] if party.role.is_internal else _PARTY_KINDS[0 if party.is_person else 1]
            self._create(registration, f"arkivstruktur/ny-{kind}", told)

    def _document(self, registration: Resource, document: Document) -> None:
        listed = registration.links.get(rel("arkivstruktur/dokumentbeskrivelse"))
        found = self._find.marked(listed, document.key)
        if found is None:
            told = fields.of_document(document, system=self._delivery.system)
            found = self._create(registration, "arkivstruktur/ny-dokumentbeskrivelse", told)
        objects = found.links.get(rel("arkivstruktur/dokumentobjekt"))
        there = {one.text("filnavn"): one for one in self._api.listing(objects)} if objects else {}
        for file in document.files:
            self._file(found, file, there.get(file.name))

    def _file(self, document: Resource, file: File, found: Resource | None) -> None:
        if found is None:
            found = self._create(document, "arkivstruktur/ny-dokumentobjekt", fields.of_file(file))
        else:
            found = self._find.fresh(found)
        if not found.text("referanseDokumentfil"):
            self._refuse_to_create()
            upload(self._api, _offered(found, "arkivstruktur/fil"), file, limits=self._limits)
            found = self._find.fresh(found)
        if found.text("sjekksum").lower() != file.sha256 or not found.text("referanseDokumentfil"):
            raise Refused("The archive has another file under this document's name.", code="other-file")

    def _follow_up(self, follow_up: FollowUp, registration: Resource) -> None:
        answered = self._find.registration(follow_up.answered_key)
        if answered is None:
            raise Refused("What this answers is not in the archive yet. Deliver that first.", code="answered-unknown")
        listed = answered.links.get(rel("sakarkiv/avskrivning"))
        told = fields.of_follow_up(follow_up, answer_id=registration.text("systemID"))
        own = "referanseAvskrivesAvJournalpost"
        if not any(one.text(own) == told[own] for one in (self._api.listing(listed) if listed else [])):
            self._create(answered, "sakarkiv/ny-avskrivning", told)

    def _finished(self, registration: Resource) -> Resource:
        """Journal it for good, last of all; what the archive's people have done with it since is theirs."""
        now = self._find.fresh(registration)
        if now.code("journalstatus") in fields.PROVISIONAL:
            self._refuse_to_create()
            final = fields.final_status(self._delivery.registration)
            self._api.change(_offered_self(now), final, etag=now.etag)
            now = self._find.fresh(now)
        return now

    def _create(self, parent: Resource, name: str, told: Mapping[str, Any]) -> Resource:
        self._refuse_to_create()
        made = self._api.create(_offered(parent, name), told)
        self._made.append(made)
        return made

    def _refuse_to_create(self) -> None:
        if not self._may_create:
            raise Incomplete

    def _take_back(self) -> None:
        """Last made, first deleted; what the core will not delete stays, and is found again next time."""
        for made in reversed(self._made):
            href = made.links.get("self")
            try:
                if href:
                    self._api.delete(href)
            except ChannelError:
                continue


def receipt(key: str, case: Resource, registration: Resource, *, is_existing: bool) -> Receipt:
    """The archive's ids and numbers; raises Refused when there is no id, for then it is not delivered."""
    if not registration.text("systemID"):
        raise Refused("The archive gave the registration no id.", code="no-id")
    return contract.Receipt(
        key=key,
        system_id=registration.text("systemID"),
        case_system_id=case.text("systemID"),
        case_year=case.number("saksaar"),
        case_number=case.number("sakssekvensnummer"),
        journal_year=registration.number("journalaar"),
        journal_sequence=registration.number("journalsekvensnummer"),
        entry_number=registration.number("journalpostnummer"),
        is_existing=is_existing,
    )


def _offered(resource: Resource, name: str) -> str:
    """Where to do this; a core offers only what our user may do."""
    href = resource.links.get(rel(name))
    if href is None:
        raise Refused(f"The archive does not offer {name} here.", code="not-offered")
    return href


def _offered_self(resource: Resource) -> str:
    href = resource.links.get("self")
    if href is None:
        raise Refused("The archive gave an object without an address.", code="not-offered")
    return href


def _party_mark(told: Mapping[str, Any]) -> tuple[str, str]:
    kind = told.get("korrespondanseparttype")
    name = told.get("navn") or f"{told.get('administrativEnhet', '')}/{told.get('saksbehandler', '')}"
    return str(kind.get("kode", "")) if isinstance(kind, dict) else "", str(name)
