"""Channels on which a post and all beneath it are one document."""

from torg.records.codes import ChannelTreatment
from torg.records.models import ChannelDefault


def is_one_document(platform: str) -> bool:
    """Whether the post tells of everything beneath it, so that its threads are not assessed by themselves."""
    return ChannelDefault.objects.filter(channel=platform, treatment=ChannelTreatment.ONE_DOCUMENT).exists()
