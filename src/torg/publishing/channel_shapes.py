"""In which form each platform gets its pictures, by the media room's names: the preview and the post ask the same."""

SHAPES = {"facebook": "shared-link", "instagram": "square", "x": "wide", "mastodon": "wide", "bluesky": "wide"}


def shape_for(platform: str) -> str:
    """The shape for a platform; for one that is not named, the wide one that all of them take."""
    return SHAPES.get(platform, "wide")
