"""How texts are made ready for one document: what is withheld goes first, then what cannot be shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from torg.records.documents.letters import Letters, Run
from torg.records.documents.redacting import Pieces, Redactor


@dataclass(frozen=True, slots=True)
class Setting:
    """The letters that can be shown, what is withheld, and the pictures (SHA-256) that can be shown."""

    letters: Letters
    redactor: Redactor
    pictures: frozenset[str]

    def runs(self, text: str) -> list[Run]:
        """A text of one line, or whose lines do not matter."""
        lines = self._lines(self.redactor.pieces(text))
        return [run for place, line in enumerate(lines) for run in ([" ", *line] if place else line)]

    def plainly(self, text: str) -> str:
        """The same as one string."""
        pieces = self.redactor.pieces(text.replace("\n", " "))
        return "".join(f"[{_mark(each)}]" if isinstance(each, int) else self.letters.plainly(each) for each in pieces)

    def lines(self, text: str, *, item: str, version: int) -> list[list[Run]]:
        """A version's text, line by line."""
        return self._lines(self.redactor.pieces(text, item=item, version=version))

    def withheld(self) -> list[Run]:
        """Stands for something that is withheld as a whole."""
        return [{"mark": _mark(1)}]

    def _lines(self, pieces: Pieces) -> list[list[Run]]:
        lines: list[list[Run]] = [[]]
        for piece in pieces:
            if isinstance(piece, int):
                lines[-1].append({"mark": _mark(piece)})
                continue
            first, *others = self.letters.lines(piece)
            lines[-1].extend(first)
            lines.extend(others)
        return lines


def _mark(number: int) -> str:
    """The same length for a letter as for a page."""
    return _("withheld %(number)d") % {"number": number}
