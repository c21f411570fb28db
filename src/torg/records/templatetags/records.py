"""Channels in words."""

from django import template
from django.utils.text import capfirst

from torg.records import wording

register = template.Library()


@register.filter
def channel(code: str) -> str:
    """The channel as people call it, as it begins a line."""
    return str(capfirst(wording.channel_name(code)))
