"""Every way in, in a real browser: a new password by letter, one-time codes, spare codes, a passkey."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.journeys.browser import assert_accessible
from torg.core import clock
from torg.people.models import Municipality

pytestmark = pytest.mark.journey
PASSWORD = "Sjokolade-på-fjellet-9"
DESK = "**/desk/**"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(live_server_address):
    """The server by name: a browser gives no passkey to a number."""
    return live_server_address.replace("127.0.0.1", "localhost")


@pytest.fixture
def login(live_server_address):
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    holder = factories.login(factories.officer(at=clock.now()))
    holder.set_password(PASSWORD)
    holder.save()
    return holder


def send(page) -> None:
    page.locator("main form button[type=submit]").first.click()


def enter(page, address, login, password=PASSWORD) -> None:
    page.goto(f"{address}{reverse('account_login')}?next=/desk/")
    page.fill("input[name=login]", login.email)
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()


def go_to_own(page, address, name) -> None:
    """A page on one's own ways in: these ask for the password once more."""
    page.goto(f"{address}{reverse(name)}")
    if reverse("account_reauthenticate") in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{reverse(name)}")


def leave(context) -> None:
    context.clear_cookies()


def code_for(secret: str) -> str:
    """What the app on the phone shows now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_a_new_password_by_letter(address, login, page):
    page.goto(f"{address}{reverse('account_reset_password')}")
    page.fill("input[name=email]", login.email)
    send(page)
    page.wait_for_url(f"**{reverse('account_reset_password_done')}")
    letter = mail.outbox[-1].body
    page.goto(f"{address}{re.search(r'/account/password/reset/key/[^ ]+/', letter)[0]}")
    page.fill("input[name=password1]", "Nytt-passord-i-vinterland-7")
    page.fill("input[name=password2]", "Nytt-passord-i-vinterland-7")
    send(page)
    page.wait_for_load_state()

    enter(page, address, login, "Nytt-passord-i-vinterland-7")

    page.wait_for_url(DESK)


def test_one_time_codes_and_spare_codes(address, login, page, context):
    enter(page, address, login)
    page.wait_for_url(DESK)
    go_to_own(page, address, "mfa_activate_totp")
    assert_accessible(page)
    secret = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", code_for(secret))
    send(page)
    go_to_own(page, address, "mfa_view_recovery_codes")
    spare = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    assert spare in page.locator("main").inner_html()

    for code in (code_for(secret), spare):
        leave(context)
        enter(page, address, login)
        page.wait_for_selector("input[name=code]")
        page.fill("input[name=code]", code)
        page.keyboard.press("Enter")
        page.wait_for_url(DESK)


def test_a_passkey_is_made_and_opens_the_door_alone(address, login, page, context, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    enter(page, address, login)
    page.wait_for_url(DESK)
    go_to_own(page, address, "mfa_add_webauthn")
    page.fill("input[name=name]", "Nøkkelen min")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: reverse("mfa_add_webauthn") not in url)
    assert Authenticator.objects.filter(user=login, type=Authenticator.Type.WEBAUTHN).exists()

    leave(context)
    page.goto(f"{address}{reverse('account_login')}?next=/desk/")
    page.click("#passkey_login")

    page.wait_for_url(DESK)
