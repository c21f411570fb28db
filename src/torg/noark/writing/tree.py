"""Elements under construction: nothing empty is ever written, and what is obligatory is asked for by name."""

from datetime import date, datetime
from uuid import UUID

from lxml import etree

from torg.noark.values import Listed
from torg.noark.writing.text import legible

XSI = "http://www.w3.org/2001/XMLSchema-instance"
TYPE = f"{{{XSI}}}type"
Value = str | int | bool | date | datetime | UUID | Listed | None


class Refused(ValueError):
    """What was given cannot become what the standard asks for. The text says which thing, and what is wrong with it."""


class Branch:
    """One element, whose children are added in the order of the schema, which is contract in Noark 5."""

    __slots__ = ("_prefix", "element")

    def __init__(self, element: etree._Element, namespace: str = "") -> None:
        self.element = element
        self._prefix = f"{{{namespace}}}" if namespace else ""

    def add(self, name: str, value: Value) -> None:
        """Adds the element if there is something to say: empty elements are forbidden (krav 6.4.5)."""
        said = written(value)
        if said:
            etree.SubElement(self.element, self._prefix + name).text = said

    def need(self, name: str, value: Value) -> None:
        """Adds the element. Raises Refused when there is nothing to say."""
        said = written(value)
        if not said:
            raise Refused(f"{self.described()} lacks {name}")
        etree.SubElement(self.element, self._prefix + name).text = said

    def branch(self, name: str, *, kind: str = "") -> "Branch":
        """A new child that will have children of its own; `kind` is its xsi:type."""
        child = Branch(etree.SubElement(self.element, self._prefix + name, {TYPE: kind} if kind else {}))
        child._prefix = self._prefix
        return child

    def within(self, namespace: str) -> "Branch":
        """The same element, whose children will stand in another namespace."""
        return Branch(self.element, namespace)

    def described(self) -> str:
        """Where this is, by the nearest systemID, for a person who must mend it."""
        name = etree.QName(self.element).localname
        for ancestor in (self.element, *self.element.iterancestors()):
            for child in ancestor:
                if child.text and etree.QName(child).localname == "systemID":
                    return f"{name} in {etree.QName(ancestor).localname} {child.text}"
        return name


def written(value: Value) -> str:
    """The value as XML Schema writes its type; blank text counts as none.

    Raises Refused for an instant without an offset: it would mean another moment to each reader.
    """
    match value:
        case None:
            return ""
        case str():
            return legible(value) if value and not value.isspace() else ""
        case datetime():
            if value.tzinfo is None:
                raise Refused(f"the instant {value.isoformat()} has no offset from UTC")
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Listed():
            return value.text
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def document(name: str, namespace: str, **prefixes: str) -> Branch:
    """The outermost element of a document of its own, in its default namespace, and prefixes for others."""
    declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in prefixes.items())
    return Branch(etree.fromstring(f'<{name} xmlns="{namespace}"{declared}/>'), namespace)


def serialised(root: Branch) -> bytes:
    """The document as bytes, in UTF-8, indented for people."""
    return etree.tostring(root.element, encoding="utf-8", xml_declaration=True, pretty_print=True)
