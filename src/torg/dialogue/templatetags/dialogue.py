"""Template tags for items."""

from django import template

from torg.detectors.masking import COVER
from torg.dialogue.models import Item

register = template.Library()


@register.filter
def hides_something(item: Item) -> bool:
    """Whether the mask covers a part of the text; told by the mask's own mark, without reading the text."""
    return COVER in (item.masked_text or "")
