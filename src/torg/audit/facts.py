"""What an event may hold: numbers, ids and codes; never anything that somebody wrote."""

import re
from collections.abc import Mapping

from django.db.models import Model

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")
Facts = Mapping[str, int | str]


def checked(facts: Facts | None) -> dict[str, int | str]:
    """The facts, when each is a number, an id or a code; raises ValueError that names the key and not the value."""
    for name, value in (facts or {}).items():
        if not NAME.fullmatch(name):
            raise ValueError("A fact's name is lower case, with underscores.")
        if isinstance(value, int):
            continue
        if not (isinstance(value, str) and _is_code(value)):
            raise ValueError(f"The fact “{name}” is neither a number, an id nor a code: texts stay out of the log.")
    return dict(facts or {})


def target_of(row: Model | None) -> tuple[str, str]:
    """How a row stands in the log: its kind and its public id, or its key where that is no sequence number."""
    if row is None:
        return "", ""
    key = getattr(row, "public_id", None) or row.pk
    if key is None or isinstance(key, int):
        raise ValueError(f"{row._meta.label} has no public id to stand in the log.")
    return row._meta.label_lower, str(key)


def _is_code(value: str) -> bool:
    """`DEPUTY`, `comment`, `m_Ab3f` and `2026-03-10` are codes; “Kari” and “Ring meg” are not."""
    has_one_case = value in {value.upper(), value.lower()}
    return CODE.fullmatch(value) is not None and (has_one_case or any(map(str.isdigit, value)))
