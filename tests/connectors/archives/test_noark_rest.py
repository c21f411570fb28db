"""The Noark 5 interface against a core that follows the standard's rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from devtools.noark_standin.server import PASSWORD, USER, NoarkStandin

from tests.connectors.archives import samples
from torg.connectors import contract as errors
from torg.connectors.archives.noark_rest.api import Api
from torg.connectors.archives.noark_rest.archive import NoarkArchive
from torg.connectors.archives.noark_rest.login import Credentials, Login
from torg.connectors.archives.noark_rest.upload import Limits
from torg.connectors.services.fetch import Door, open_client

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KNOWN = Credentials(USER, PASSWORD, client_id="torg", client_secret="hemmelig")
# Creating a case, an entry, two parties, and of each of two documents a description, an object and its file; the end.
ACTS_OF_A_DELIVERY = 11


def archive_at(core: NoarkStandin, credentials: Credentials = KNOWN, *, seconds: float = 5) -> NoarkArchive:
    http = open_client(Door(allow_loopback=True, max_seconds=seconds))
    api = Api(core.base_url, http, Login(credentials), now=lambda: AT)
    return NoarkArchive(api, system=samples.SYSTEM, limits=Limits(whole=1000, part=100))


@pytest.fixture
def core() -> Iterator[NoarkStandin]:
    with NoarkStandin() as running:
        yield running


def counts(core: NoarkStandin) -> dict[str, int]:
    kinds = ("saksmappe", "journalpost", "dokumentbeskrivelse", "dokumentobjekt", "avskrivning")
    told = {kind: len(core.core.of_kind(kind)) for kind in kinds}
    return {**told, "parter": sum(len(core.core.of_kind(f"korrespondansepart{kind}")) for kind in ("person", "intern"))}


ONE_QUESTION = {
    "saksmappe": 1,
    "journalpost": 1,
    "dokumentbeskrivelse": 2,
    "dokumentobjekt": 2,
    "avskrivning": 0,
    "parter": 2,
}


def test_a_delivery_gives_the_archives_numbers(core):
    receipt = archive_at(core).deliver(samples.question())

    entry = core.core.of_kind("journalpost")[0]
    assert receipt.system_id == entry.id
    assert (receipt.case_year, receipt.case_number) == (2026, 1)
    assert (receipt.journal_year, receipt.journal_sequence, receipt.entry_number) == (2026, 101, 1)
    assert entry.code("journalstatus") == "J"
    assert entry.fields["skjerming"]["skjermingshjemmel"] == "offl. § 13 første ledd"
    assert counts(core) == ONE_QUESTION


def test_a_delivery_is_as_many_acts_as_the_tests_of_crashes_count_on(core):
    archive_at(core).deliver(samples.question())

    assert len(core.acts()) == ACTS_OF_A_DELIVERY


@pytest.mark.parametrize("effect", ["drop", "drop_after"])
@pytest.mark.parametrize("step", range(ACTS_OF_A_DELIVERY))
def test_a_delivery_cut_off_at_any_step_is_completed_once(core, step, effect):
    core.fail(effect, method="POST|PUT|PATCH", path="^/api/(?!login)", skip=step)
    with pytest.raises((errors.Ambiguous, errors.Temporary)):
        archive_at(core).deliver(samples.question())

    assert archive_at(core).look(samples.question()) is None or (effect, step) == ("drop_after", 10)
    receipt = archive_at(core).deliver(samples.question())

    assert receipt.system_id == core.core.of_kind("journalpost")[0].id
    assert counts(core) == ONE_QUESTION


def test_the_same_delivery_again_changes_nothing(core):
    first = archive_at(core).deliver(samples.question())
    acts = len(core.acts())

    again = archive_at(core).deliver(samples.question())

    assert (again, len(core.acts())) == (replace(first, is_existing=True), acts)
    assert archive_at(core).look(samples.question()) == again


def test_an_answer_writes_off_the_question_once(core):
    archive = archive_at(core)
    archive.deliver(samples.question())
    archive.deliver(samples.answer())

    receipt = archive.deliver(samples.answer())

    assert receipt.entry_number == 2
    assert counts(core)["avskrivning"] == 1
    assert core.core.of_kind("avskrivning")[0].fields["referanseAvskrivesAvJournalpost"] == receipt.system_id


def test_an_answer_before_its_question_is_refused_and_leaves_nothing_half_made(core):
    with pytest.raises(errors.Refused) as refused:
        archive_at(core).deliver(samples.answer())

    assert refused.value.code == "answered-unknown"
    assert counts(core)["journalpost"] == counts(core)["dokumentobjekt"] == 0


def test_what_the_core_refuses_is_told_in_its_words_and_taken_back(core):
    wrong = samples.question(status="Å")

    with pytest.raises(errors.Refused) as refused:
        archive_at(core).deliver(wrong)

    assert "journalstatus" in refused.value.reason
    assert counts(core) == {**ONE_QUESTION, **dict.fromkeys(list(ONE_QUESTION)[1:], 0)}


def test_a_file_that_arrives_broken_is_refused_and_mended_by_the_next_delivery(core):
    spoiled = samples.question()
    document = spoiled.registration.documents[0]
    broken = replace(document.files[0], open=samples.a_file("x.pdf", b"y" * 309).open)
    documents = (replace(document, files=(broken,)), *spoiled.registration.documents[1:])

    with pytest.raises(errors.Refused):
        archive_at(core).deliver(samples.mended(spoiled, documents=documents))

    assert archive_at(core).deliver(spoiled).system_id
    assert counts(core) == ONE_QUESTION


def test_a_file_cut_off_in_the_middle_is_uploaded_again(core):
    core.fail("half", method="POST", path="/file/")
    with pytest.raises(errors.Ambiguous):
        archive_at(core).deliver(samples.question())

    archive_at(core).deliver(samples.question())

    assert {one.content for one in core.core.of_kind("dokumentobjekt")} == {
        file.open().read() for file in samples.question().files
    }


@pytest.mark.parametrize("size", [1001, 1100, 1150])
def test_a_large_file_goes_in_parts(core, size):
    content = bytes(range(256)) * 5
    file = samples.a_file("stor.pdf", content[:size])
    main = replace(samples.question().registration.documents[0], files=(file,))

    archive_at(core).deliver(samples.question(documents=(main,)))

    assert core.core.of_kind("dokumentobjekt")[0].content == content[:size]


def test_a_core_with_a_lower_limit_than_ours_gets_the_file_in_parts(core):
    core.world.most_bytes = 200

    archive_at(core).deliver(samples.question())

    assert all(one.content for one in core.core.of_kind("dokumentobjekt"))


@pytest.mark.parametrize("part", [0, 1, 5])
def test_an_upload_in_parts_cut_off_anywhere_is_completed(core, part):
    file = samples.a_file("stor.pdf", b"z" * 1050)
    large = samples.question(documents=(replace(samples.question().registration.documents[0], files=(file,)),))
    core.fail("drop_after", method="PUT", path="/upload/", skip=part)
    with pytest.raises(errors.Ambiguous):
        archive_at(core).deliver(large)

    archive_at(core).deliver(large)

    assert [one.content for one in core.core.of_kind("dokumentobjekt")] == [b"z" * 1050]


def test_an_existing_case_file_is_chosen_by_its_number(core):
    archive_at(core).deliver(samples.question())

    receipt = archive_at(core).deliver(samples.in_case(samples.note(), "2026/1"))

    assert (receipt.case_number, receipt.journal_sequence) == (1, None)
    assert counts(core)["saksmappe"] == 1
    assert archive_at(core).find_case_file("2026/1").title == "Brøyting av Skoleveien"
    assert archive_at(core).find_case_file("2026/99") is None


def test_a_closed_case_file_takes_nothing_more_but_what_it_has_is_found(core):
    first = archive_at(core).deliver(samples.question())
    core.core.of_kind("saksmappe")[0].fields["saksstatus"] = {"kode": "A"}

    with pytest.raises(errors.Refused) as refused:
        archive_at(core).deliver(samples.note())

    assert refused.value.code == "case-closed"
    assert archive_at(core).look(samples.question()).system_id == first.system_id
    assert archive_at(core).find_case_file("2026/1").is_closed


def test_an_unknown_case_number_is_refused(core):
    with pytest.raises(errors.Refused) as refused:
        archive_at(core).deliver(samples.in_case(samples.note(), "2026/99"))

    assert refused.value.code == "case-unknown"


def test_a_correction_is_written_over_what_others_changed_meanwhile(core):
    archive_at(core).deliver(samples.question())
    core.fail("status", method="PATCH", status=412)

    archive_at(core).correct(samples.correction())

    assert core.core.of_kind("journalpost")[0].fields["tittel"] == "Ny tittel"


def test_a_lifted_restriction_is_lifted_in_the_archive(core):
    archive_at(core).deliver(samples.question())

    archive_at(core).correct(samples.correction(lifts_restriction=True))

    assert core.core.of_kind("journalpost")[0].fields["skjerming"] is None


def test_a_correction_that_the_standard_forbids_is_refused(core):
    archive_at(core).deliver(samples.question())
    core.core.of_kind("journalpost")[0].fields["journalstatus"] = {"kode": "A"}

    with pytest.raises(errors.Refused, match="arkivert"):
        archive_at(core).correct(samples.correction())


def test_correcting_what_the_archive_has_not_is_gone(core):
    with pytest.raises(errors.Gone):
        archive_at(core).correct(samples.correction("ukjent"))


@pytest.mark.parametrize("mechanism", ["oidc", "rfc6749", "rfc7519", "rfc7617"])
def test_every_way_to_log_in_leads_in(core, mechanism):
    core.world.mechanisms = (mechanism,)

    assert archive_at(core).check() == "Sakarkiv"


def test_a_token_that_has_run_out_is_renewed_without_doing_anything_twice(core):
    archive = archive_at(core)
    archive.check()
    core.world.tokens.clear()

    archive.deliver(samples.question())

    assert counts(core) == ONE_QUESTION


@pytest.mark.parametrize("credentials", [replace(KNOWN, password="feil"), Credentials(client_id="torg")])
def test_a_wrong_password_is_dead_credentials(core, credentials):
    with pytest.raises(errors.CredentialsDead):
        archive_at(core, credentials).check()


def test_a_user_that_is_shut_out_in_the_middle_is_dead_credentials(core):
    archive = archive_at(core)
    archive.check()
    core.world.is_dead = True

    with pytest.raises(errors.CredentialsDead):
        archive.deliver(samples.question())


def test_a_core_that_is_away_is_temporary():
    with NoarkStandin() as gone:
        archive = archive_at(gone)

    with pytest.raises(errors.Temporary):
        archive.deliver(samples.question())


def test_a_silent_core_is_given_up_in_time(core):
    core.fail("silent", method="GET", path="saksmappe")

    with pytest.raises(errors.Temporary):
        archive_at(core, seconds=0.2).deliver(samples.question())


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, errors.Ambiguous),
        (503, errors.Temporary),
        (403, errors.PermissionMissing),
        (404, errors.Gone),
        (409, errors.Temporary),
        (422, errors.Refused),
        (429, errors.RateLimited),
    ],
)
def test_each_status_means_one_of_the_ten_errors(core, status, error):
    core.fail("status", method="POST", path="journalpost", status=status)

    with pytest.raises(errors.ChannelError) as raised:
        archive_at(core).deliver(samples.question())

    assert type(raised.value) is error or (status == 409 and isinstance(raised.value, error))


def test_links_may_stand_in_a_list_as_older_cores_write_them(core):
    core.world.has_lists_as_array = True

    archive_at(core).deliver(samples.question())

    assert counts(core) == ONE_QUESTION


def test_a_key_with_a_quote_is_found_and_harms_no_filter(core):
    odd = samples.question(key="o'ane' or tittel eq '")

    archive_at(core).deliver(odd)
    archive_at(core).deliver(odd)

    assert counts(core)["journalpost"] == 1


def test_our_token_is_not_carried_to_another_server(core):
    archive = archive_at(core)
    archive.check()
    found = archive._api.get(archive._api.link("sakarkiv/saksmappe").split("{")[0])
    assert found.content["count"] == 0

    with pytest.raises(errors.Refused) as refused:
        archive._api.get("https://evil.example/api/")

    assert refused.value.code == "bad-link"


def test_the_keys_that_the_archive_holds_are_told_page_by_page(core):
    archive = archive_at(core)
    for number in range(3):
        archive.deliver(samples.question(f"melding-{number}"))
    archive.deliver(samples.note())

    held = archive.held(since=date(2026, 11, 1))

    assert held == {"melding-0", "melding-1", "melding-2", "notat-1"}
    assert archive.held(since=date(2026, 12, 1)) == set()


def test_the_cores_own_lists_of_codes_are_read(core):
    lists = archive_at(core).code_lists()

    assert lists["journalposttype"][0].name == "Inngående dokument"
