"""E-mail to whoever asked for access; it names nobody and tells nothing of the document."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import formats, translation
from django.utils.translation import gettext as _

from torg.core import sealing
from torg.openness.models import AccessRequest
from torg.openness.types import RequestState

PATH = "/innsyn/krav/%s/"


def link_of(request: AccessRequest) -> str:
    """The address behind which the requester follows the request and fetches documents."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + PATH % sealing.unseal(request.link_sealed)


def write_to(request: AccessRequest) -> None:
    """That we have got the request, or that there is an answer."""
    with translation.override(request.language):
        if request.state == RequestState.RECEIVED:
            subject = _("We have got your request for access")
            day = formats.date_format(request.due_on, "j. F Y")
            text = _("You get an answer by %(day)s. Follow it here:") % {"day": day}
        else:
            subject = _("There is an answer to your request for access")
            text = _("Read the answer, and fetch what you got access to, here:")
        send_mail(subject, f"{text}\n\n{link_of(request)}", None, [request.email])
