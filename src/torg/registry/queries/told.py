"""What the platforms have told of a presence: the newest profile, and each figure with what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from torg.records.wording import channel_name
from torg.registry.definitions import Definition, definition_of
from torg.registry.models import FigureTold, Presence, ProfileTold
from torg.registry.words import Quantity


@dataclass(frozen=True, slots=True)
class FigureView:
    """The newest value of a figure, and what it counts."""

    figure: FigureTold
    definition: Definition
    platform: str

    @property
    def quantity(self) -> str:
        """What is counted, in words."""
        return str(self.definition.quantity.label)


def figures_told(presence: Presence) -> list[FigureView]:
    """The newest value of each figure, in the order of the definitions."""
    rows = FigureTold.objects.filter(presence=presence).order_by("platform", "code", "-told_on")
    newest = rows.distinct("platform", "code")
    found = [
        FigureView(row, definition, channel_name(row.platform))
        for row in newest
        if (definition := definition_of(row.platform, row.code))
    ]
    order = list(Quantity)
    return sorted(found, key=lambda view: order.index(view.definition.quantity))


def profiles_told(presence: Presence) -> Sequence[ProfileTold]:
    """What stands on the profile on each platform, as last told."""
    rows = ProfileTold.objects.filter(presence=presence).order_by("platform", "-told_at", "-id")
    return list(rows.distinct("platform"))
