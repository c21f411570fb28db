"""A rule's words in the reader's language, and texts with one example a line as lists."""

from django import template
from django.utils.translation import get_language

from torg.moderation.models import RuleVersion
from torg.moderation.types import Wording

register = template.Library()


@register.filter
def worded(version: RuleVersion, language: str = "") -> Wording:
    """What a version says in `language`, or in the reader's own."""
    return version.wording(language or get_language() or "nb")


@register.filter
def rule_title(version: RuleVersion) -> str:
    """What the rule is called, in the reader's language; in bokmål while a draft lacks it."""
    return worded(version).title or version.title_nb


@register.filter
def lines(text: str) -> list[str]:
    """Each line that says something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
