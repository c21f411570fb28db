"""Typed reading of the environment; what is missing or wrong says what to do."""

import os
from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class EnvironmentProblem(Exception):
    """A setting is missing or cannot be understood; the text names it and says how to mend it."""


def text(name: str, default: str | None = None) -> str:
    """The variable as text; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise EnvironmentProblem(f"Set {name} in the environment (see .env.example for what it is).")
    return value


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no: 1/0, true/false, yes/no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes"}:
        return True
    if value.lower() in {"0", "false", "no", ""}:
        return False
    raise EnvironmentProblem(f"{name} must be 1 or 0, not “{value}”.")


def number(name: str, default: int) -> int:
    """The variable as a whole number above zero."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or int(value) < 1:
        raise EnvironmentProblem(f"{name} must be a whole number above 0, not “{value}”.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """A PostgreSQL address (`postgresql://user:secret@host/name` or key=value pairs) as Django's settings.

    Raises EnvironmentProblem when it cannot be read.
    """
    try:
        parts: Mapping[str, Any] = conninfo_to_dict(url)
    except Exception as error:
        raise EnvironmentProblem(
            "DATABASE_URL cannot be read; write postgresql://user:secret@host:5432/name"
        ) from error
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    options = {name: value for name, value in parts.items() if name not in known}
    settings = {django: str(parts[name]) for name, django in known.items() if name in parts}
    return {"ENGINE": "django.db.backends.postgresql", **settings, "OPTIONS": options}


def conninfo(database: Mapping[str, Any]) -> str:
    """Django's settings of a database as psycopg's connection string, for connections outside Django."""
    known = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    parts = {ours: str(database[django]) for django, ours in known.items() if database.get(django)}
    return make_conninfo("", **parts, **database.get("OPTIONS", {}))
