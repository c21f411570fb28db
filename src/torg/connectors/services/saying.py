"""Where something stands in what another program says: in JSON, in a form, or in any other text.

A place is a path such as `messages.0.id`, with values it must have (`status=delivered|DELIVRD`) or must not have
(`code=!0|1`); or, for what is neither JSON nor a form, the text around it with one hole: `<id>{}</id>`,
`<status>{OK|SENT}</status>`. No regular expressions: one that is badly written can be made to run for ever.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl

LONGEST_PLACE = 200
LONGEST_FOUND = 200
# Stands for a list or an object that holds something.
SOMETHING = "…"
_PATH = re.compile(r"[A-Za-z0-9_@$:-]{1,60}(?:\.[A-Za-z0-9_@$:-]{1,60}){0,9}")
_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer or a message, taken apart as far as it can be."""

    text: str = field(repr=False)
    tree: Any = field(default=None, repr=False)

    @classmethod
    def of(cls, body: bytes) -> Self:
        """JSON, else a form, else text only. Never raises, whatever is sent."""
        text = body.decode("utf-8", "replace")
        try:
            return cls(text, json.loads(text))
        except (ValueError, RecursionError):
            pairs = parse_qsl(text.strip(), max_num_fields=None) if "=" in text and "<" not in text else []
            return cls(text, dict(pairs[:100]) or None)

    def parts(self, path: str) -> "list[Said]":
        """Each part of a list that stands at the path, or of a message that is a list; else the whole by itself."""
        at = _walk(self.tree, path.split(".")) if path else self.tree
        return [Said(self.text, part) for part in at[:1000]] if isinstance(at, list) else [self]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; `of` reads how people write it."""

    path: tuple[str, ...] = ()
    around: tuple[str, str] = ("", "")
    values: frozenset[str] = frozenset()
    is_other_than: bool = False

    @classmethod
    def of(cls, written: str) -> Self:
        """Raises ValueError for what is no place."""
        written = written.strip()
        holes = _HOLE.findall(written)
        if len(written) > LONGEST_PLACE or len(holes) > 1:
            raise ValueError(written)
        if holes:
            before, after = written.split("{" + holes[0] + "}")
            if not before.strip():
                raise ValueError(written)
            return cls((), (before, after), *_values(holes[0]))
        path, _equals, values = written.partition("=")
        if not _PATH.fullmatch(path.strip()) or (_equals and not _values(values)[0]):
            raise ValueError(written)
        return cls(tuple(path.strip().split(".")), ("", ""), *_values(values))

    def find(self, said: Said) -> str:
        """What stands there, short and printable; empty where nothing does, or another value than asked for."""
        found = _shown(_walk(said.tree, self.path)) if self.path else self._in_text(said.text)
        if not self.values or not found:
            return found
        return found if (found.casefold() in self.values) != self.is_other_than else ""

    def problem(self, said: Said) -> str:
        """The same of a place where errors stand: there, false and nought are no error, unless they are asked for."""
        found = self.find(said)
        return "" if found in {"false", "0"} and not self.values else found

    def _in_text(self, text: str) -> str:
        before, after = (part.strip() for part in self.around)
        start = text.find(before)
        if start < 0:
            return ""
        rest = text[start + len(before) :][: LONGEST_FOUND + 100].strip()
        end = rest.find(after) if after else len(rest.split(maxsplit=1)[0]) if rest else -1
        return _shown(rest[:end]) if 0 <= end <= LONGEST_FOUND else ""


def _values(written: str) -> tuple[frozenset[str], bool]:
    is_other = written.strip().startswith("!")
    told = (value.strip().casefold() for value in written.strip().removeprefix("!").split("|"))
    return frozenset(value for value in told if value), is_other


def _walk(tree: Any, path: "tuple[str, ...] | list[str]") -> Any:
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and step.isdecimal() and int(step[:4]) < len(tree):
            tree = tree[int(step[:4])]
        else:
            return None
    return tree


def _shown(value: Any) -> str:
    """Text and numbers as they are, true and false as words; lists that hold something say so; nothing is empty."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return SOMETHING if value else ""
    told = str(value) if isinstance(value, str | int | float) else ""
    return "".join(sign for sign in told if sign.isprintable()).strip()[:LONGEST_FOUND]
