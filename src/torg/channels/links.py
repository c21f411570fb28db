"""What an address that somebody copied says of an item, whichever of our platforms it leads to."""

from torg.connectors.channels.facebook import links as facebook


def facebook_comment(address: str) -> str:
    """The comment on Facebook that it points at: `post_comment`, or the comment's number alone, or empty."""
    return facebook.comment_in(address)
