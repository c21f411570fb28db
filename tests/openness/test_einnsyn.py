"""eInnsyn gets what an archivist approved, once, and loses what is withdrawn."""

from pathlib import Path

import pytest

from tests.openness.portal import KEY, Portal, running
from torg.connectors import contract
from torg.openness import commands, einnsyn
from torg.openness.models import PublicEntry
from torg.outbox.models import ActState, OutboxAct

pytestmark = pytest.mark.django_db
DESCRIPTION = Path(__file__).resolve().parents[3] / "shared/standards/noark5/einnsyn/einnsyn.openapi.yml"
NAMES = {"saksmappe": "Saksmappe.SaksmappeCreate", "journalpost": "Journalpost.JournalpostCreate"}


@pytest.fixture
def portal(journal):
    with running(Portal()) as portal:
        connect(journal, portal)
        yield portal


def connect(journal, portal, key=KEY):
    journal.switch_on(einnsyn_address=portal.address, einnsyn_series="ad_1", einnsyn_key=key)


def act():
    return OutboxAct.objects.latest("id").as_sent()


def carry_out():
    """What the outbox does with the newest act."""
    row = OutboxAct.objects.latest("id")
    done = einnsyn.perform(row.as_sent())
    settle(row, done.external_id or "")


def settle(row, external_id):
    row.state, row.external_id = ActState.CONFIRMED, external_id
    row.sending_at = row.finished_at = row.planned_at
    row.attempts = 1
    row.save()
    einnsyn.on_outcome(row.as_sent(), row.planned_at)


def kinds(portal):
    return sorted(row["id"][:2] for row in portal.held.values())


def test_an_entry_goes_there_with_its_case_and_without_hidden_names(journal, portal):
    row = journal.published()

    carry_out()

    row.refresh_from_db()
    sent = portal.held[row.einnsyn_id]
    assert kinds(portal) == ["jp", "sm"]
    assert sent["offentligTittelSensitiv"] == sent["offentligTittel"] == row.title
    assert "Kåre" not in str({**sent, "korrespondansepart": ""})


def test_a_name_that_was_masked_in_the_review_is_told_nowhere(journal, portal):
    row = journal.proposed()
    journal.approve(row, masked=frozenset(range(len(row.parties))))

    carry_out()

    assert "Kåre" not in str(portal.held)


def test_a_repetition_makes_nothing_twice(journal, portal):
    journal.published()
    einnsyn.perform(act())

    carry_out()

    assert kinds(portal) == ["jp", "sm"]


def test_after_silence_it_is_found_by_our_key(journal, portal):
    journal.published()
    journal_case = act()
    einnsyn.perform(journal_case)
    portal.held.pop(next(one for one in portal.held if one.startswith("jp")))
    portal.is_silent = True

    with pytest.raises(contract.Ambiguous):
        einnsyn.perform(act())

    assert [match.external_id for match in einnsyn.look(act(), act().planned_at)] == [
        one for one in portal.held if one.startswith("jp")
    ]


def test_what_is_withdrawn_is_taken_away_there_too(journal, portal):
    row = journal.published()
    carry_out()
    commands.withdraw(public_entry_id=row.public_id, because="Feil", by=journal.by, at=journal.at)

    carry_out()

    assert kinds(portal) == ["sm"]
    assert PublicEntry.objects.get().einnsyn_id == ""


def test_what_was_withdrawn_while_it_was_sent_is_taken_away_after(journal, portal):
    row = journal.published()
    sent, done = OutboxAct.objects.get(), einnsyn.perform(act())
    commands.withdraw(public_entry_id=row.public_id, because="Feil", by=journal.by, at=journal.at)

    settle(sent, done.external_id)

    assert OutboxAct.objects.count() == 2
    carry_out()
    assert kinds(portal) == ["sm"]


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, contract.CredentialsDead), (429, contract.RateLimited), (503, contract.Temporary), (400, contract.Refused)],
)
def test_each_refusal_is_told_apart(journal, portal, status, error):
    journal.published()
    portal.status = status

    with pytest.raises(error):
        einnsyn.perform(act())


def test_a_portal_that_is_away_is_tried_again(journal, portal):
    journal.published()
    journal.switch_on(einnsyn_address="http://127.0.0.1:9", einnsyn_series="ad_1")

    with pytest.raises(contract.Temporary):
        einnsyn.perform(act())


def test_without_a_key_nothing_is_sent(journal):
    journal.published()

    assert not OutboxAct.objects.exists()


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="needs eInnsyn's description in the shared folder")
def test_what_is_sent_is_what_the_portal_describes(journal):
    import jsonschema_rs
    import yaml

    from tests.noark.writing.test_einnsyn import without_what_the_portal_fills

    described = without_what_the_portal_fills(yaml.load(DESCRIPTION.read_text(), yaml.CSafeLoader))

    def check(kind, body):
        schema = {"$ref": f"#/components/schemas/{NAMES[kind]}", "components": described["components"]}
        jsonschema_rs.validate(schema, body)

    with running(Portal(check)) as portal:
        connect(journal, portal)
        journal.published()
        carry_out()
        assert kinds(portal) == ["jp", "sm"]
