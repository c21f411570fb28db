"""Asking a channel how a post has done; never inside a transaction."""

import structlog

from torg.channels import queries as channels
from torg.channels.models import ConnectionState
from torg.connectors.contract import ChannelError, Measured, TellsFigures
from torg.publishing.models import ChannelPost

log = structlog.get_logger(__name__)


def figures_of(post: ChannelPost) -> list[Measured]:
    """What the platform tells of a post; nothing when its channel does not tell, or does not answer now."""
    if post.connection.state != ConnectionState.ACTIVE:
        return []
    channel = channels.channel_for(post.connection)
    if not isinstance(channel, TellsFigures):
        return []
    try:
        return list(channel.figures(post.external_id))
    except ChannelError as error:
        log.info("publishing.no_figures", post=str(post.public_id), error=type(error).__name__)
        return []
