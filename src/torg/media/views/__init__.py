"""The pages of the media library."""
