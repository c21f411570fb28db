"""The pages of preservation open in few queries, and do what their buttons say."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.records.test_depositing import STANDARD, finished
from torg.audit.models import AuditEvent
from torg.people.types import Role
from torg.records import command_line, commands, disposing, tasks
from torg.records.models import Deposit, DisposalRule, ErasureRequest, LegalHold, PartyExport
from torg.records.preservation_codes import DepositState, ErasureState, RuleState

pytestmark = pytest.mark.django_db
PAGES = ("deposits", "plan", "plan-as-csv", "integrity", "preservation", "erasures", "party", "search")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(factories.login(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def browser(archive) -> Client:
    return signed_in(archive.archivist)


def post(browser, page, *args, **data) -> int:
    return browser.post(reverse(f"records:{page}", args=args), data).status_code


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_in_few_queries(archive, browser, name):
    archive.journaled(answers=("Klokka ti.",))

    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(reverse(f"records:{name}"))

    assert (answer.status_code, len(asked) <= 12) == (200, True)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {"erasures", "search"}])
def test_what_is_the_municipalitys_is_closed_to_an_archivist_of_one_page(archive, name):
    one_page = factories.person("Else Side")
    factories.role(one_page, Role.ARCHIVIST, at=archive.at, scope=archive.scope)

    assert signed_in(one_page).get(reverse(f"records:{name}")).status_code == 403


def test_a_package_is_ordered_and_a_day_to_come_is_refused(archive, browser, settings, tmp_path):
    if not STANDARD.is_dir():
        pytest.skip("the official schemas are not here")
    settings.NOARK_SCHEMAS, settings.DEPOSIT_FOLDER = STANDARD, tmp_path
    finished(archive)

    assert post(browser, "deposits", starts_on="2026-01-01", ends_on="2999-01-01") == 422
    assert post(browser, "deposits", starts_on="2026-01-01", ends_on="2026-01-31") == 422
    assert post(browser, "deposits", starts_on="2026-01-01", ends_on="2026-03-31") == 303
    tasks.write_deposit(str(Deposit.objects.get().public_id))
    assert str(tmp_path) in browser.get(reverse("records:deposits")).content.decode()


def test_a_rule_is_proposed_by_one_and_approved_by_another(archive, browser):
    second = factories.person("Bente Arkivar")
    factories.role(second, Role.ARCHIVIST, at=archive.at)
    typed = {"name": "Korte svar", "takes": "NOTES", "years": 5, "reference": "bevaringsforskrifta-2025"}

    assert post(browser, "preservation", **typed) == 422
    assert post(browser, "preservation", **typed, because="Uten verdi") == 303
    rule = DisposalRule.objects.get()
    assert post(browser, "rule-approval", rule.public_id) == 403
    assert post(signed_in(second), "rule-approval", rule.public_id) == 303
    assert DisposalRule.objects.get().state == RuleState.APPROVED
    assert post(browser, "rule-withdrawal", rule.public_id) == 303


def test_a_case_file_is_held_by_its_number_and_let_go(archive, browser):
    (entry,) = archive.journaled()

    assert post(browser, "hold", case="2026/99", because="Tilsyn") == 422
    assert post(browser, "hold", case=entry.case_file.own_number, because="Tilsyn") == 303
    assert post(browser, "hold-lifting", LegalHold.objects.get().public_id) == 303
    assert post(browser, "disposal-decision", chosen=["x"], because="y") == 404


def test_a_request_for_erasure_is_received_answered_and_read(archive, browser):
    (entry,) = archive.journaled()

    typed = {"asked_by": "Kåre Prøve", "received_on": "2026-03-09"}
    assert post(browser, "erasures", number="2026/1", **typed) == 422
    assert post(browser, "erasures", number=entry.own_number, **typed) == 303
    found = ErasureRequest.objects.get()
    assert post(browser, "erasure", found.public_id, reference="offentleglova-13-1", language="nn") == 303
    assert ErasureRequest.objects.get().state == ErasureState.ANSWERED
    assert "arkivlova § 13" in browser.get(reverse("records:erasure", args=[found.public_id])).content.decode()


def test_somebody_is_found_confirmed_gathered_and_fetched(archive, browser, settings):
    settings.PARTY_SOURCES = {}
    archive.journaled()
    (found,) = commands.look_up_party(words="kåre", by=archive.archivist, at=archive.at)

    assert post(browser, "party", words="Kåre") == 200
    assert post(browser, "party", words="Kåre", keys=["author:another"], because="x") == 422
    assert post(browser, "party", words="Kåre", keys=[found.key], because="Brev 12") == 303
    tasks.make_party_export(str(PartyExport.objects.get().public_id))
    assert post(browser, "party-export", PartyExport.objects.get().public_id) == 200


def test_searching_what_is_masked_is_logged_and_an_ordinary_search_is_not(archive, browser):
    archive.journaled(text="Ring 912 34 567")
    tasks.index_captures(0)

    browser.get(reverse("records:search"), {"q": "ring"})
    assert not AuditEvent.objects.filter(name="records.search.made").exists()
    page = browser.get(reverse("records:search"), {"q": "ring", "full": "1"}).content.decode()

    assert "912 34 567" in page
    assert AuditEvent.objects.filter(name="records.search.made").count() == 1


def test_an_entry_whose_documents_were_disposed_of_still_opens(archive, browser):
    (entry,) = archive.journaled()

    removed, _shared = disposing.remove_files(entry, by=archive.archivist, at=archive.at)

    assert removed > 0
    assert browser.get(reverse("records:entry", args=[entry.public_id])).status_code == 200


def test_the_command_line_makes_a_package_and_prints_the_plan(archive, settings, tmp_path, capsys):
    if not STANDARD.is_dir():
        pytest.skip("the official schemas are not here")
    settings.NOARK_SCHEMAS = STANDARD
    finished(archive)
    period = ["--from", "2026-01-01", "--to", "2026-03-31", "--into", str(tmp_path / "ny")]

    assert command_line.main(["deposit", *period, "--json"]) == 0
    assert (tmp_path / "ny" / "avleveringspakke" / "arkivuttrekk.xml").is_file()
    assert '"registrations": 2' in capsys.readouterr().out
    assert command_line.main(["deposit", *period]) == 1
    assert Deposit.objects.latest("id").state == DepositState.FAILED
    assert command_line.main(["plan"]) == 0
    assert "facebook" in capsys.readouterr().out
