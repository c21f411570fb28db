"""A stand-in for Facebook's Graph API: one invented municipality's page, its citizens and its webhooks."""

from devtools.graph_standin.server import Standin

__all__ = ["Standin"]
