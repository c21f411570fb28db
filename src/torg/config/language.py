"""The language of a page: what this browser chose, else the person's own, else what the browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class PersonLanguage:
    """After sign-in the person's own language holds, unless another was chosen in this browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked only with a session, so that no public page costs a query.
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and settings.SESSION_COOKIE_NAME in request.COOKIES:
            person = getattr(request.user, "person", None)
            if person is not None:
                translation.activate(person.language)
                request.LANGUAGE_CODE = person.language
        return self.get_response(request)
