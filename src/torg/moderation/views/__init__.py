"""The pages and end points of moderation."""
