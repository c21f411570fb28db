"""The part of OData that the interface makes obligatory, as far as it is used here."""

import re
from typing import Any

_EQUAL = re.compile(r"(\w+) eq (?:'((?:[^']|'')*)'|(\d+))")
_FROM = re.compile(r"(\w+) ge (\S+)")
_BEGINS = re.compile(r"startswith\((\w+), ?'((?:[^']|'')*)'\)")


def matches(fields: dict[str, Any], where: str) -> bool:
    """Whether an object fits a filter; raises ValueError for one that we do not read."""
    return all(_one(fields, term) for term in where.split(" and "))


def _one(fields: dict[str, Any], term: str) -> bool:
    if found := _EQUAL.fullmatch(term):
        value = found[3] if found[3] is not None else found[2].replace("''", "'")
        return str(fields.get(found[1], "")) == value
    if found := _FROM.fullmatch(term):
        return str(fields.get(found[1], "")) >= found[2]
    if found := _BEGINS.fullmatch(term):
        return str(fields.get(found[1], "")).startswith(found[2].replace("''", "'"))
    raise ValueError(term)
