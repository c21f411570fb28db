"""The public site, which lies above: shows an article first of all, and takes it away. `settings.WEBSITE` names it."""

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from torg.core.actors import Actor


class Website(Protocol):
    """What the module must offer. Both are called in the transaction that publishes or withdraws."""

    def show(self, *, article_id: UUID, by: Actor, at: datetime) -> Mapping[str, str]:
        """Put the article's pages up; returns the whole address in each language."""

    def hide(self, *, article_id: UUID, by: Actor, at: datetime) -> None:
        """Take its pages away."""


def website() -> Website:
    """The module that `config/wiring.py` names."""
    return cast(Website, import_module(settings.WEBSITE))
