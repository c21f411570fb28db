"""One pass through a Noark 5 file: each element is shown to those who watch for its name, then forgotten.

expat and not lxml's iterparse: it tells the line of every element however long the file is, builds no tree, and
a document type declaration can be refused before anything in it has effect.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import BinaryIO

from torg.noark.checking.elements import VALUES, Element
from torg.noark.schemas import opening

Watcher = Callable[[Element], None]
# Called with the empty element's name, its line and the element around it.
EmptyWatcher = Callable[[str, int, Element | None], None]

_OWN_METADATA = "virksomhetsspesifikkeMetadata"
_DEEPEST = 500
_PIECES_OF_TEXT = 64


class Reading:
    """A pass through one file. `known` are the elements that are shown to the watchers, when they end."""

    def __init__(
        self,
        known: Collection[str],
        watchers: Mapping[str, Sequence[Watcher]],
        on_empty: EmptyWatcher | None = None,
    ) -> None:
        self._known = frozenset(known)
        self._watchers = watchers
        self._on_empty = on_empty
        self._parser = opening.parser(namespaces=False)
        self._element: Element | None = None
        self._depth = 0
        self._own_from = 0
        self._is_leaf = False
        self._text: list[str] = []
        self._local_names: dict[str, str] = {}

    def read(self, file: BinaryIO) -> None:
        """Read the whole file. Raises opening.Unreadable with what was seen until then shown, and OSError."""
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        # The list's own method: for each of some million texts one call into C and none into Python.
        self._parser.CharacterDataHandler = self._text.append
        opening.feed(self._parser, _Shortening(file, self._text))

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = self._local_names.get(qualified) or self._local_name(qualified)
        self._text.clear()
        self._is_leaf = True
        self._depth += 1
        if name in self._known:
            if not self._own_from:
                self._open(name, attributes)
        elif name == _OWN_METADATA and not self._own_from:
            self._own_from = self._depth
        elif self._depth > _DEEPEST:
            self._refuse_depth()

    def _end(self, qualified: str) -> None:
        name = self._local_names[qualified]
        around = self._element
        if self._is_leaf:
            self._is_leaf = False
            self._take(name, around)
        if around is not None and around.depth == self._depth:
            self._element = around.parent
            for watcher in self._watchers.get(name, ()):
                watcher(around)
        elif self._own_from == self._depth:
            self._own_from = 0
        self._depth -= 1
        self._text.clear()

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        around = self._element
        if self._depth > _DEEPEST:
            self._refuse_depth()
        kind = ""
        for attribute, value in attributes.items():
            if attribute.rpartition(":")[2] == "type":
                kind = value.rpartition(":")[2]
        self._element = Element(name, kind, self._parser.CurrentLineNumber, self._depth, around)
        if around is not None:
            around.children[name] = around.children.get(name, 0) + 1

    def _take(self, name: str, around: Element | None) -> None:
        text = self._text[0] if len(self._text) == 1 else "".join(self._text)
        if (not text or text.isspace()) and self._on_empty:
            self._on_empty(name, self._parser.CurrentLineNumber, around)
        if name in VALUES and around is not None and around.depth == self._depth - 1:
            around.values.setdefault(name, []).append((text.strip(), self._parser.CurrentLineNumber))

    def _refuse_depth(self) -> None:
        raise opening.Unreadable("Filen er nøstet for dypt; den leses ikke videre.", self._parser.CurrentLineNumber)

    def _local_name(self, qualified: str) -> str:
        name = qualified.rpartition(":")[2]
        self._local_names[qualified] = name
        return name


class _Shortening:
    """A file whose reader's pile of text is cut down between the pieces: no value is worth more than some pages."""

    def __init__(self, file: BinaryIO, text: list[str]) -> None:
        self._file = file
        self._text = text

    def read(self, size: int) -> bytes:
        """The next bytes."""
        del self._text[_PIECES_OF_TEXT:]
        return self._file.read(size)
