"""Answers: a page, a part, or a redirect; refusals as forms, toasts and pages."""

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from torg.core.errors import Invalid, NotAllowed, NotFound, Stale, Unavailable
from torg.ui import middleware, respond

pytestmark = pytest.mark.django_db


class NameForm(forms.Form):
    name = forms.CharField()


def request(**headers):
    made = RequestFactory().post("/somewhere/", headers=headers)
    made.session = SessionStore()
    made._messages = FallbackStorage(made)
    made.htmx = HtmxDetails(made)
    return made


def refuse(asked, error):
    return middleware.DomainErrors(lambda _request: None).process_exception(asked, error)


def test_without_scripts_an_act_ends_in_a_redirect():
    asked = request()

    answer = respond.done(asked, to="/next/", toast="Tildelt.")

    assert (answer.status_code, answer["Location"]) == (303, "/next/")
    assert [str(message) for message in asked._messages] == ["Tildelt."]


def test_htmx_is_sent_on_when_nothing_is_to_be_redrawn():
    answer = respond.done(request(hx_request="true"), to="/next/")

    assert answer["HX-Redirect"] == "/next/"


def test_htmx_gets_the_part_and_the_toast_with_its_way_back():
    toast = respond.Toast("Tildelt.", undo="/undo/")

    answer = respond.done(
        request(hx_request="true"),
        to="/next/",
        template="ui/components/avatar.html",
        context={"name": "Ann"},
        toast=toast,
    )

    assert 'hx-swap-oob="beforeend:#toasts"' in answer.content.decode()
    assert 'action="/undo/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotAllowed("Nei."), 403),
        (NotFound("Nei."), 404),
        (Stale("Nei."), 409),
        (Invalid("Nei."), 422),
        (Unavailable("Nei."), 503),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_refusal_has_its_status_and_its_text_with_and_without_htmx(error, status):
    page, part = refuse(request(), error), refuse(request(hx_request="true"), error)

    assert (page.status_code, part.status_code) == (status, status)
    assert "Nei." in page.content.decode()
    assert "Nei." in part.content.decode()
    assert part["HX-Reswap"] == "none"


def test_a_refused_form_is_shown_again_with_what_was_typed_and_the_reason_at_its_field():
    asked, form = request(), NameForm({"name": "Nordvik"})
    form.is_valid()
    respond.redraw_on_refusal(asked, "ui/components/field.html", {"field": form["name"]}, form=form)

    answer = refuse(asked, Invalid("Navnet er tatt.", field="name"))

    assert answer.status_code == 422
    assert 'value="Nordvik"' in answer.content.decode()
    assert "Navnet er tatt." in answer.content.decode()


def test_a_body_that_is_too_large_is_answered_with_413():
    assert refuse(request(), RequestDataTooBig()).status_code == 413


def test_a_database_that_is_away_is_answered_with_503():
    assert refuse(request(), OperationalError()).status_code == 503


def test_what_is_a_bug_is_left_to_the_log():
    assert refuse(request(), ValueError()) is None
