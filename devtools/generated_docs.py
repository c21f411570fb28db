"""Writes `docs/generated/` from the code, so that it cannot be out of date unseen."""

import enum
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "generated"
NOTE = "<!-- Written by ./torg docs; change the code instead. -->\n"


def main() -> int:
    """With `--check`: say which documents are out of date."""
    return check() if "--check" in sys.argv[1:] else write()


def write() -> int:
    """Write every document."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text)
    return 0


def check() -> int:
    """1 when a document differs from what the code says."""
    stale = [name for name, text in documents().items() if not is_current(FOLDER / name, text)]
    for name in stale:
        sys.stdout.write(f"docs/generated/{name} is out of date: run ./torg docs\n")
    return 1 if stale else 0


def is_current(path: Path, text: str) -> bool:
    """Whether the file holds the text."""
    return path.exists() and path.read_text() == text


def documents() -> dict[str, str]:
    """Each document's name and text, in English whatever the environment says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "torg.config.settings.test"
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        return {
            "permissions.md": permissions(),
            "states.md": states(),
            "moderation-states.md": moderation_states(),
            "audit-events.md": events(),
            "capabilities.md": capabilities(),
            "openapi.json": openapi(),
        }


def permissions() -> str:
    """Who may do what."""
    from torg.people.types import ROLE_PERMISSIONS, Permission, Role

    head = f"| | {' | '.join(str(role.label) for role in Role)} |\n|---|{'---|' * len(Role)}\n"
    rows = []
    for permission in Permission:
        cells = [yes_or_nothing(permission in ROLE_PERMISSIONS[role]) for role in Role]
        rows.append(f"| {permission.label} | {' | '.join(cells)} |\n")
    return f"{NOTE}# Who may do what\n\n{head}{''.join(rows)}"


def yes_or_nothing(is_so: bool) -> str:
    """A cell that can be read aloud."""
    return "yes" if is_so else ""


def states() -> str:
    """Every table of next states, as the models hold them."""
    parts = [f"{NOTE}# States, and what may follow each\n"]
    for module in modules():
        for name, table in sorted(vars(module).items()):
            if name.endswith("NEXT_STATES") and defined_here(table, module):
                parts.append(f"\n## {module.__name__}: {title_of(table)}\n\n{state_rows(table)}")
    return "".join(parts)


def moderation_states() -> str:
    """How a moderation case goes, as diagrams: one for each table of next states."""
    parts = [f"{NOTE}# How a moderation case goes\n\nFrom the tables of next states in `torg.moderation.models`.\n"]
    for module in modules():
        if module.__name__.startswith("torg.moderation.models."):
            for name, table in sorted(vars(module).items()):
                if name.endswith("NEXT_STATES") and defined_here(table, module):
                    parts.append(f"\n## {title_of(table)}\n\n{diagram(table)}")
    return "".join(parts)


def diagram(table: Mapping[enum.Enum, set[enum.Enum]]) -> str:
    """The table as a drawing: every state with its label, an arrow for each way on, and where it ends."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {getattr(state, 'label', state.value)}" for state in table]
    lines.append(f"    [*] --> {next(iter(table)).value}")
    for state, following in table.items():
        ways = sorted(str(one.value) for one in following) or ["[*]"]
        lines += [f"    {state.value} --> {way}" for way in ways]
    return "\n".join(lines) + "\n```\n"


def defined_here(table: dict[enum.Enum, object], module: ModuleType) -> bool:
    """Whether the table belongs to this module, and was not only imported or re-exported."""
    return all(type(state).__module__.split(".")[:2] == module.__name__.split(".")[:2] for state in table) and (
        ".models" in module.__name__ or ".types" in module.__name__
    )


def title_of(table: dict[enum.Enum, object]) -> str:
    """The name of the states' class."""
    return type(next(iter(table))).__name__


def state_rows(table: dict[enum.Enum, set[enum.Enum]]) -> str:
    """One line a state."""
    rows = []
    for state, following in table.items():
        after = ", ".join(sorted(f"`{one.value}`" for one in following))
        rows.append(f"- `{state.value}` → {after or 'the end'}\n")
    return "".join(rows)


def events() -> str:
    """Every event that the audit log can hold, with the sentence that a person reads."""
    found = {}
    for module in modules():
        if module.__name__.endswith(".events"):
            listed = [event for name, event in vars(module).items() if name.isupper()]
            found[module.__name__.split(".")[1]] = sorted(listed, key=lambda event: str(event.name))
    parts = [f"{NOTE}# What the audit log records\n"]
    for room, listed in sorted(found.items()):
        parts.append(f"\n## {room}\n\n")
        parts += [f"- `{event.name}`: {event.sentence}\n" for event in listed]
    return "".join(parts)


def capabilities() -> str:
    """What each channel can do."""
    import dataclasses

    parts = [f"{NOTE}# What each channel can do\n"]
    for module in modules():
        if module.__name__.startswith("torg.connectors.channels.") and module.__name__.endswith(".connector"):
            for thing in vars(module).values():
                able = getattr(thing, "capabilities", None)
                if isinstance(thing, type) and thing.__module__ == module.__name__ and dataclasses.is_dataclass(able):
                    parts.append(f"\n## {thing.__doc__ or thing.__name__}\n\n")
                    values = {field.name: getattr(able, field.name) for field in dataclasses.fields(able)}
                    parts += [f"- {name.replace('_', ' ')}: {value}\n" for name, value in values.items()]
    return "".join(parts)


def openapi() -> str:
    """The REST API's description, for those who build against it."""
    api = importlib.import_module("torg.api.rest").api
    return json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=1, ensure_ascii=False) + "\n"


def modules() -> Iterator[ModuleType]:
    """Every module of ours that holds states, events or a connector."""
    import torg

    for _, name, _ in pkgutil.walk_packages(torg.__path__, "torg."):
        if any(part in name for part in (".models", ".types", ".events", ".connector")):
            yield importlib.import_module(name)


if __name__ == "__main__":
    raise SystemExit(main())
