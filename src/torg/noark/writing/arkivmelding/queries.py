"""innsyn.*: what we ask an archive core. Searching by our own key is how a lost receipt is found again."""

from enum import Enum

from torg.noark.objects import CaseReference, EntryReference, ExternalKey
from torg.noark.writing.arkivmelding.messages import PROTOCOL, Message, Sender, message, payload
from torg.noark.writing.arkivmelding.parts import add_case_reference, add_entry_reference
from torg.noark.writing.tree import Branch

SEARCH = f"{PROTOCOL}sok/v1"
GET_CASE = f"{PROTOCOL}mappe/hent/v1"
GET_ENTRY = f"{PROTOCOL}registrering/hent/v1"
GET_CODES = f"{PROTOCOL}kodeliste/hent/v1"


class Responds(Enum):
    """How much a search is answered with (responstype)."""

    KEYS = "noekler"
    MINIMUM = "minimum"
    ALL = "utvidet"


def find_entry_by_key(
    key: ExternalKey, *, sender: Sender, is_journaled: bool = True, responds: Responds = Responds.KEYS
) -> Message:
    """A search for the registration that we sent under this key."""
    kind = "journalpost" if is_journaled else "registrering"
    root, criteria = search(kind, sender, take=2, skip=0, responds=responds)
    add_key_condition(criteria, "registreringEksternId", key)
    return message("innsyn.sok", "sok.xml", root)


def find_case_by_key(key: ExternalKey, *, sender: Sender, responds: Responds = Responds.MINIMUM) -> Message:
    """A search for the case file that we sent under this key."""
    root, criteria = search("saksmappe", sender, take=2, skip=0, responds=responds)
    add_key_condition(criteria, "mappeEksternNoekkel", key)
    return message("innsyn.sok", "sok.xml", root)


def find_case_by_number(year: int, number: int, *, sender: Sender, responds: Responds = Responds.MINIMUM) -> Message:
    """A search for the case file with this number, such as 2026/17."""
    root, criteria = search("saksmappe", sender, take=2, skip=0, responds=responds)
    for field, value in (("sakSaksaar", year), ("sakSaksekvensnummer", number)):
        condition = criteria.branch("parametere")
        condition.need("operator", "equal")
        condition.branch("sokVerdier").branch("intvalues").need("value", value)
        condition.need("felt", field)
    return message("innsyn.sok", "sok.xml", root)


def find_cases_by_text(
    text: str, *, sender: Sender, take: int = 20, skip: int = 0, responds: Responds = Responds.MINIMUM
) -> Message:
    """A search for case files by any words, `take` at a time from the one numbered `skip`."""
    root, criteria = search("saksmappeFritekst", sender, take=take, skip=skip, responds=responds)
    criteria.need("soketekst", text)
    return message("innsyn.sok", "sok.xml", root)


def get_case(reference: CaseReference, *, sender: Sender) -> Message:
    """Asks for one case file."""
    root = payload("mappeHent", GET_CASE)
    root.need("system", sender.system)
    add_case_reference(root, "referanseTilMappe", reference)
    return message("innsyn.mappe.hent", "mappe-hent.xml", root)


def get_entry(reference: EntryReference, *, sender: Sender) -> Message:
    """Asks for one registration with its correspondents, whose ids a follow-up needs."""
    root = payload("registreringHent", GET_ENTRY)
    root.need("system", sender.system)
    add_entry_reference(root, "referanseTilRegistrering", reference)
    root.need("inkluder", "dokumentbeskrivelse")
    root.need("inkluder", "korrespondansepart")
    root.need("inkluder", "avskrivning")
    return message("innsyn.registrering.hent", "registrering-hent.xml", root)


def get_code_list(name: str = "") -> Message:
    """Asks for the archive's own list, such as "forsendelsesmaate"; all of them without a name."""
    root = payload("HentKodeliste", GET_CODES)
    root.add("kodelistenavn", name)
    return message("innsyn.kodeliste.hent", "kodeliste-hent.xml", root)


def search(kind: str, sender: Sender, *, take: int, skip: int, responds: Responds) -> tuple[Branch, Branch]:
    """The message and the place of its conditions."""
    root = payload("sok", SEARCH)
    root.need("system", sender.system)
    root.need("take", take)
    root.need("skip", skip)
    criteria = root.branch("sokdefinisjon", kind=f"{kind}Sokdefinisjon")
    criteria.need("responstype", responds.value)
    return root, criteria


def add_key_condition(criteria: Branch, field: str, key: ExternalKey) -> None:
    """One condition: the external key is this one."""
    condition = criteria.branch("parametere")
    condition.need("operator", "equal")
    value = condition.branch("sokVerdier").branch("eksternNoekkel")
    value.need("fagsystem", key.system)
    value.need("noekkel", key.key)
    condition.need("felt", field)
