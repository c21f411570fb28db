"""Every room's events by name, so that the log can tell them in sentences."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from torg.audit.types import Event


@cache
def by_name() -> dict[str, Event]:
    """The events that the installed rooms list in their `events.py`."""
    modules = [f"{app.name}.events" for app in apps.get_app_configs() if app.name.startswith("torg.")]
    found = [vars(import_module(name)).values() for name in modules if find_spec(name)]
    return {event.name: event for events in found for event in events if isinstance(event, Event)}


def sentence(name: str) -> str:
    """What happened, for people; the bare name for an event that no room lists any more."""
    event = by_name().get(name)
    return str(event.sentence) if event else name
