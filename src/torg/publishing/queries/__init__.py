"""Questions on articles: what is published, and what is on its way."""

from torg.publishing.queries.published import published, published_one, statements, topics

__all__ = ["published", "published_one", "statements", "topics"]
