"""Reads the `fields` parameter: `id,from,comments.limit(2).order(chronological){id,message}`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(r"\s*([A-Za-z0-9_]+)")
MODIFIER = re.compile(r"\.([a-z_]+)\(([^)]*)\)")


@dataclass
class Wanted:
    """One field that the caller asks for, with an edge's modifiers and the fields wanted below it."""

    name: str
    modifiers: dict[str, str] = field(default_factory=dict)
    below: "list[Wanted]" = field(default_factory=list)

    @property
    def shown_as(self) -> str:
        return self.modifiers.get("as", self.name)


def parse(text: str) -> list[Wanted]:
    """Raises ValueError on what is no list of fields."""
    wanted, end = _list(text, 0)
    if end != len(text):
        raise ValueError(f'Syntax error "Expected end of string instead of "{text[end]}"." at character {end}')
    return wanted


def written(wanted: Sequence[Wanted]) -> str:
    """The other way: what `parse` would read as this."""
    return ",".join(_written_one(one) for one in wanted)


def _written_one(one: Wanted) -> str:
    modifiers = "".join(f".{name}({value})" for name, value in one.modifiers.items())
    return one.name + modifiers + (f"{{{written(one.below)}}}" if one.below else "")


def _list(text: str, start: int) -> tuple[list[Wanted], int]:
    wanted: list[Wanted] = []
    while True:
        one, start = _one(text, start)
        wanted.append(one)
        if start < len(text) and text[start] == ",":
            start += 1
            continue
        return wanted, start


def _one(text: str, start: int) -> tuple[Wanted, int]:
    name = TOKEN.match(text, start)
    if not name:
        raise ValueError(f'Syntax error "Field name expected." at character {start}')
    one, start = Wanted(name.group(1)), name.end()
    while modifier := MODIFIER.match(text, start):
        one.modifiers[modifier.group(1)] = modifier.group(2)
        start = modifier.end()
    if start < len(text) and text[start] == "{":
        one.below, start = _list(text, start + 1)
        if start >= len(text) or text[start] != "}":
            raise ValueError(f'Syntax error "Expected }}." at character {start}')
        start += 1
    return one, start
