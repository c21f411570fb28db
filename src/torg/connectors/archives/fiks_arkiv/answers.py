"""Fiks Arkiv's answers in our words: receipt, received, failure."""

from lxml import etree

from torg.connectors.archives import contract
from torg.connectors.archives.fiks_arkiv import messages
from torg.connectors.archives.fiks_arkiv.messages import Incoming, Unreadable


def understand(incoming: Incoming) -> contract.Receipt | contract.Corrected | contract.Pending | contract.Failure:
    """What an answer says; raises Unreadable."""
    if incoming.answers is None:
        raise Unreadable("the answer does not say which message it answers")
    if incoming.type in (messages.CREATE_RECEIVED, messages.UPDATE_RECEIVED):
        return contract.Pending(incoming.answers, is_received=True)
    if incoming.type == messages.UPDATE_RECEIPT:
        return contract.Corrected(incoming.answers)
    if incoming.type == messages.CREATE_RECEIPT:
        return _receipt(_root(incoming, "arkivmeldingKvittering"))
    if incoming.type in messages.FAILURES:
        return _failure(incoming)
    raise Unreadable(f"the message type {incoming.type!r} is not an answer that we know")


def _root(incoming: Incoming, name: str | None = None) -> etree._Element:
    if not incoming.payload:
        raise Unreadable(f"{incoming.type} came without its payload")
    try:
        harmless = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(incoming.payload, harmless)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"the payload is not well-formed XML (line {error.lineno})") from error
    if name and etree.QName(root).localname != name:
        raise Unreadable(f"the payload is a {etree.QName(root).localname}, not a {name}")
    return root


def _receipt(root: etree._Element) -> contract.Receipt | contract.Failure:
    failed = _child(root, "registreringFeilet")
    if failed is None:
        failed = _child(root, "mappeFeilet")
    if failed is not None:
        return contract.Failure(_text(failed, "feilId"), _text(failed, "feilmelding"))
    entry, case = _child(root, "registreringKvittering"), _child(root, "mappeKvittering")
    if entry is None or not _text(entry, "systemID"):
        # Delivered means an id from the archive; a receipt without one is none.
        raise Unreadable("the receipt names no registration")
    key = _child(entry, "referanseEksternNoekkel")
    return contract.Receipt(
        key=_text(key, "noekkel") if key is not None else "",
        system_id=_text(entry, "systemID"),
        case_system_id=_text(case, "systemID") if case is not None else "",
        case_year=_number(case, "saksaar"),
        case_number=_number(case, "sakssekvensnummer"),
        journal_year=_number(entry, "journalaar"),
        journal_sequence=_number(entry, "journalsekvensnummer"),
        entry_number=_number(entry, "journalpostnummer"),
        is_existing=_text(entry, "opprettetEllerEksisterende") == "Eksisterende",
    )


def _failure(incoming: Incoming) -> contract.Failure:
    is_lasting = messages.FAILURES[incoming.type]
    if incoming.payload is None:
        return contract.Failure("", incoming.type.rsplit(".", 1)[-1], is_lasting)
    root = _root(incoming)
    return contract.Failure(_text(root, "feilId"), _text(root, "feilmelding"), is_lasting)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{{*}}{name}")


def _text(element: etree._Element, name: str) -> str:
    found = _child(element, name)
    return (found.text or "").strip() if found is not None else ""


def _number(element: etree._Element | None, name: str) -> int | None:
    text = _text(element, name) if element is not None else ""
    if not text:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise Unreadable(f"{name} is not a number") from error
