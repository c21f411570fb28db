"""What the municipality has decided about its site, as it stands now."""

from torg.site.models import SiteChoices


def now() -> SiteChoices:
    """What was chosen; what holds from the start where nobody has chosen."""
    return SiteChoices.objects.first() or SiteChoices(id=1)
