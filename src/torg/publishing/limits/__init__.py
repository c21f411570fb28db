"""How long a text may be on each platform, counted the way that platform counts. Plain functions, no database."""

from torg.publishing.limits.counting import Count, count, limit_of

__all__ = ["Count", "count", "limit_of"]
