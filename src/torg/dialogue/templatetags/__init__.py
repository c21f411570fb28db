"""Template tags of dialogue."""
