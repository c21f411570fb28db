"""What the public portal is sent, and what it is never sent."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.noark.writing import made
from torg.noark import objects, values
from torg.noark.writing import einnsyn
from torg.noark.writing.tree import Refused

HIDDEN = replace(made.SENDER, name="Ivar Berg", is_restricted=True)
SECRET = made.entry(title="Melding om Ivar Berg", public_title="Melding om *****", correspondents=(HIDDEN,))


def body_of(request: einnsyn.Request) -> Any:
    """What is sent."""
    return json.loads(request.body)


def without_what_the_portal_fills(node: Any) -> Any:
    """The description, where only answers have the fields that are read-only."""
    if isinstance(node, list):
        return [without_what_the_portal_fills(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {name: without_what_the_portal_fills(value) for name, value in node.items()}
    if isinstance(kept.get("required"), list):
        properties = kept.get("properties", {})
        kept["required"] = [one for one in kept["required"] if not properties.get(one, {}).get("readOnly")]
    return kept


@pytest.fixture(scope="session")
def described(standard: Path) -> dict[str, Any]:
    """The schemas of the portal's API."""
    text = (standard / "einnsyn/einnsyn.openapi.yml").read_text()
    loaded: dict[str, Any] = without_what_the_portal_fills(yaml.load(text, yaml.CSafeLoader))
    return loaded


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        (einnsyn.publish_case(made.case_file(), series="ad_1", accessible_after=made.AT), "Saksmappe.SaksmappeCreate"),
        (
            einnsyn.publish_entry(
                made.entry(restriction=made.RESTRICTION, documents=made.everything()[2].documents),
                case="sm_1",
                files={made.id_for("fil 'melding-1.pdf'"): "https://journal.example/1.pdf"},
            ),
            "Journalpost.JournalpostCreate",
        ),
        (einnsyn.publish_entry(made.entry(), case="sm_1"), "Journalpost.JournalpostCreate"),
        (einnsyn.correct_entry(made.entry(), id="jp_1"), "Journalpost.JournalpostUpdate"),
        (einnsyn.correct_case(made.case_file(), id="sm_1"), "Saksmappe.SaksmappeUpdate"),
    ],
    ids=["case", "restricted entry", "entry", "entry corrected", "case corrected"],
)
def test_a_request_is_what_the_api_describes(request_: einnsyn.Request, name: str, described: dict[str, Any]) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}

    jsonschema_rs.validate(schema, body_of(request_))


def test_a_name_can_be_searched_but_is_shown_masked() -> None:
    body = body_of(einnsyn.publish_entry(made.entry(), case="sm_1"))

    assert body["offentligTittel"] == "Spørsmål fra ***** om brøyting"
    assert body["offentligTittelSensitiv"] == "Spørsmål fra Nora Fossum om brøyting"
    assert body["korrespondansepart"][0]["korrespondansepartNavn"] == "*****"
    assert body["korrespondansepart"][0]["korrespondansepartNavnSensitiv"] == "Nora Fossum"


@pytest.mark.parametrize(
    "entry",
    [
        SECRET,
        replace(SECRET, correspondents=(replace(HIDDEN, is_restricted=False),), restriction=made.RESTRICTION),
        replace(SECRET, public_title="", documents=(made.document(title="Om Ivar Berg"),)),
        replace(SECRET, public_title="Melding om ivar berg"),
    ],
    ids=["withheld name", "restriction", "no public title", "forgotten in the public title"],
)
def test_a_name_that_is_withheld_is_sent_in_no_field(entry: objects.JournalEntry) -> None:
    assert b"ivar" not in einnsyn.publish_entry(entry, case="sm_1").body.lower()


def test_a_person_named_in_the_public_title_is_shown_masked() -> None:
    body = body_of(einnsyn.publish_entry(made.entry(public_title=""), case="sm_1"))

    assert body["offentligTittel"] == "Spørsmål fra ***** om brøyting"


def test_only_files_that_are_cleared_are_mentioned() -> None:
    body = body_of(einnsyn.publish_entry(made.entry(), case="sm_1"))

    assert body["dokumentbeskrivelse"][0]["dokumentobjekt"] == []


def test_what_is_for_the_archive_only_is_not_sent() -> None:
    entry = made.entry(
        social_media=made.ORIGIN,
        remarks=(objects.Remark(text="Internt", at=made.AT, by=made.BY),),
        correspondents=(replace(made.SENDER, email="nora@example.test"),),
    )

    sent = einnsyn.publish_entry(entry, case="sm_1").body.decode()

    assert not any(secret in sent for secret in ("nora.f", "Internt", "nora@example.test", "social.example"))


def test_a_temporary_restriction_masks_everything() -> None:
    until_assessed = replace(made.RESTRICTION, hides=(values.HiddenMetadata.TEMPORARY,))

    body = body_of(einnsyn.publish_entry(made.entry(public_title="", restriction=until_assessed), case="sm_1"))

    assert (body["offentligTittel"], body["offentligTittelSensitiv"]) == ("*****", "*****")
    assert {one["korrespondansepartNavnSensitiv"] for one in body["korrespondansepart"]} == {"*****"}


def test_an_entry_without_a_number_is_refused() -> None:
    with pytest.raises(Refused):
        einnsyn.publish_entry(replace(made.entry(), number=None), case="sm_1")
    with pytest.raises(Refused):
        einnsyn.publish_case(made.case_file(year=None), series="ad_1")


def test_withdrawing_says_nothing() -> None:
    assert einnsyn.withdraw_entry(id="jp_1") == einnsyn.Request(method="DELETE", path="/journalpost/jp_1")
