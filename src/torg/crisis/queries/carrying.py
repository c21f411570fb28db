"""Where the statement stands that an article carries; `settings.STATEMENT_PAGE` names it for publishing."""

from uuid import UUID

from django.urls import reverse

from torg.crisis.models import Statement


def page_of_article(article_id: UUID) -> str:
    """The address of the page on which the statement is corrected and withdrawn; empty where there is none."""
    row = Statement.objects.filter(article_id=article_id).only("public_id").first()
    return reverse("crisis:statement", args=[row.public_id]) if row is not None else ""
