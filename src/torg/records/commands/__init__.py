"""What one can do with records."""

from torg.records.commands.capturing import capture

__all__ = ["capture"]
