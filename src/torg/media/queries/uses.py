"""Where media stand: asked of the rooms that use them."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from torg.media.types import Use


def uses_of(medium_ids: Sequence[int]) -> list[Use]:
    """Every place where one of the media stands now, whoever may see the place; keys of `Medium` rows."""
    return [use for path in settings.MEDIA_USES for use in import_string(path)(medium_ids=list(medium_ids))]
