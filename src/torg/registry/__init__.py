"""The pages, groups and profiles we run, and who owns them."""
