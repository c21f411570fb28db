"""Light, dark, or as the device is set."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "torg_appearance"
APPEARANCES = (("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark")))


def context(request: HttpRequest) -> dict[str, object]:
    """Context processor: what this browser has chosen, so that the first paint is right."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return {"scheme": chosen if chosen in dict(APPEARANCES) else "auto", "appearances": APPEARANCES}
