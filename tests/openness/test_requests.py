"""Access requests: five working days, a decision as the law demands, a complaint, and the secret link."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories
from torg.audit.models import AuditEvent
from torg.core import ids
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.openness import commands, deadlines, loading
from torg.openness.types import Answer, Ask
from torg.records import commands as records
from torg.records import variants
from torg.records.types import RestrictionWanted

pytestmark = pytest.mark.django_db
REFUSED = Answer("REFUSED", "offentleglova-14-1", is_more_openness_considered=True, reasons="Ikke ferdig.")
WANTED = Ask("Jeg vil lese dokumentet.", email="ola@eksempel.example")


@pytest.fixture
def asked(journal):
    row = journal.published()
    return commands.ask(public_entry_id=row.public_id, wanted=WANTED, by=commands_by(), at=journal.at)


def commands_by():
    from tests.openness.conftest import PROPOSER

    return PROPOSER


def decide(journal, request, answer, **times):
    return commands.decide(request_id=request.public_id, answer=answer, by=journal.by, at=times.get("at", journal.at))


def keep_documents(journal, entry):
    """Make what the job would make."""
    for made in variants.missing(entry, at=journal.at):
        records.keep_variant(entry_id=entry.public_id, made=made, by=commands_by(), at=journal.at)


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (datetime(2026, 3, 10, 9, tzinfo=UTC), date(2026, 3, 17)),
        (datetime(2026, 3, 13, 22, 30, tzinfo=UTC), date(2026, 3, 20)),
        (datetime(2026, 3, 30, 9, tzinfo=UTC), date(2026, 4, 9)),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), date(2027, 1, 4)),
    ],
    ids=["in the week", "friday night", "over easter", "over new year"],
)
def test_the_answer_is_due_on_the_fifth_working_day_after(came, due):
    assert deadlines.due_on(came) == due


def test_anybody_can_ask_without_saying_who_they_are(journal):
    row = journal.published()

    request, secret = commands.ask(public_entry_id=row.public_id, wanted=Ask(""), by=commands_by(), at=journal.at)

    assert request.state == "RECEIVED" and request.name == ""
    assert loading.request_by_secret(secret, at=journal.at) == request


def test_what_is_not_public_cannot_be_asked_for_by_the_form(journal):
    row = journal.proposed()

    with pytest.raises(NotFound):
        commands.ask(public_entry_id=row.public_id, wanted=WANTED, by=commands_by(), at=journal.at)


def test_a_request_by_letter_counts_from_when_it_came(journal):
    entry, came = journal.entry(), journal.at - timedelta(days=1)

    request = commands.enter(entry_id=entry.public_id, wanted=WANTED, by=journal.by, at=journal.at, received_at=came)

    assert request.due_on == deadlines.due_on(came)
    with pytest.raises(Invalid):
        late = journal.at + timedelta(days=1)
        commands.enter(entry_id=entry.public_id, wanted=WANTED, by=journal.by, at=journal.at, received_at=late)


@pytest.mark.parametrize(
    "answer",
    [
        Answer("REFUSED"),
        Answer("REFUSED", "offentleglova-14-1"),
        Answer("REFUSED", "offentleglova-13-1", is_more_openness_considered=True),
        Answer("REFUSED", "no-such-provision", is_more_openness_considered=True),
        Answer("PARTIAL", "offentleglova-14-1", is_more_openness_considered=True),
    ],
    ids=["no ground", "more openness not considered", "no rule of secrecy", "unknown ground", "no redacted copy"],
)
def test_what_the_law_demands_of_a_refusal_cannot_be_left_out(journal, asked, answer):
    with pytest.raises(Invalid):
        decide(journal, asked[0], answer)


def test_a_refusal_names_its_ground_and_how_to_complain(journal, asked):
    decision = decide(journal, asked[0], REFUSED)

    assert "offentleglova § 14 første ledd" in decision.letter
    assert "Statsforvalteren" in decision.letter
    assert AuditEvent.objects.filter(name="openness.request.decided").exists()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_letter_speaks_the_requesters_language(journal, language):
    row = journal.published()
    request, _ = commands.ask(
        public_entry_id=row.public_id, wanted=Ask("", language=language), by=commands_by(), at=journal.at
    )

    letter = decide(journal, request, REFUSED).letter

    words = {"nb": "Du kan klage", "nn": "Du kan klage", "en": "You can complain"}
    assert words[language] in letter


def test_answering_twice_is_refused(journal, asked):
    decide(journal, asked[0], REFUSED)

    with pytest.raises(InvalidTransition):
        decide(journal, asked[0], REFUSED)


def test_whoever_keeps_no_records_cannot_answer(journal, asked):
    journal.archive.archivist = factories.officer(at=journal.at)

    with pytest.raises(NotAllowed):
        decide(journal, asked[0], REFUSED)


def test_full_access_hands_out_the_archived_documents_until_the_link_ends(journal, asked):
    request, secret = asked
    keep_documents(journal, request.entry)
    decision = decide(journal, request, Answer("FULL"))
    file = decision.files.select_related("document_object").first()

    found = commands.fetch(secret=secret, file_id=file.public_id, by=commands_by(), at=journal.at)

    assert found.document_object.variant == "A"
    for wrong in ({"secret": "feil"}, {"at": journal.at + timedelta(days=43)}, {"file_id": request.public_id}):
        told = {"secret": secret, "file_id": file.public_id, "at": journal.at, **wrong}
        with pytest.raises(NotFound):
            commands.fetch(by=commands_by(), **told)


def test_partial_access_hands_out_the_redacted_copy_only(journal, asked):
    request, _secret = asked
    sender = request.entry.correspondents.filter(role="EA").get()
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=sender.public_id)
    records.restrict(entry_id=request.entry.public_id, wanted=wanted, by=journal.by, at=journal.at)
    keep_documents(journal, request.entry)

    answer = Answer("PARTIAL", "offentleglova-13-1", secrecy="forvaltningsloven § 13 første ledd nr. 1")
    decision = decide(journal, request, answer)

    assert [file.document_object.variant for file in decision.files.all()] == ["O"]


def test_a_copy_made_before_a_restriction_is_never_handed_out(journal, asked):
    request, _secret = asked
    sender = request.entry.correspondents.filter(role="EA").get()
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=sender.public_id)
    records.restrict(entry_id=request.entry.public_id, wanted=wanted, by=journal.by, at=journal.at)
    keep_documents(journal, request.entry)
    later = journal.at + timedelta(minutes=1)
    more = RestrictionWanted("TITLE", "offentleglova-13-1")
    records.restrict(entry_id=request.entry.public_id, wanted=more, by=journal.by, at=later)

    with pytest.raises(Invalid):
        decide(journal, request, Answer("PARTIAL", "offentleglova-13-1", secrecy="fvl. § 13"), at=later)


def test_silence_can_be_complained_over_after_five_working_days(journal, asked):
    request, _secret = asked
    complain = {"request_id": request.public_id, "text": "Hvor blir det av?", "by": commands_by()}

    with pytest.raises(InvalidTransition):
        commands.complain(**complain, at=journal.at + timedelta(days=2))
    made = commands.complain(**complain, at=journal.at + timedelta(days=9))
    assert made.is_over_silence
    with pytest.raises(InvalidTransition):
        commands.complain(**complain, at=journal.at + timedelta(days=9))


def test_a_complaint_is_looked_at_again_and_sent_on(journal, asked):
    request, _secret = asked
    decide(journal, request, REFUSED)
    commands.complain(request_id=request.public_id, text="Uenig.", by=commands_by(), at=journal.at)
    forward = {"request_id": request.public_id, "by": journal.by, "at": journal.at}

    with pytest.raises(Invalid):
        commands.forward_complaint(**forward)
    assert decide(journal, request, REFUSED).is_reassessment
    assert commands.forward_complaint(**forward).state == "FORWARDED"
    assert commands.close_request(**forward).state == "CLOSED"


def test_a_complaint_that_is_right_ends_with_access(journal, asked):
    request, _secret = asked
    decide(journal, request, REFUSED)
    commands.complain(request_id=request.public_id, text="Uenig.", by=commands_by(), at=journal.at)
    keep_documents(journal, request.entry)

    decide(journal, request, Answer("FULL"))

    request.refresh_from_db()
    assert request.state == "DECIDED"


def test_whoever_asked_is_written_to_with_the_link(asked, mailoutbox):
    from torg.openness.receipts import write_to

    write_to(asked[0])

    assert asked[1] in mailoutbox[0].body
    assert "svømmehall" not in mailoutbox[0].body.lower()


def test_a_request_for_several_documents_becomes_one_for_each_and_is_answered_in_one_act(journal):
    entries = [journal.entry(f"Dokument {number}") for number in "123"]
    wanted = [entry.public_id for entry in entries]

    made = commands.enter_together(entry_ids=[*wanted, wanted[0]], wanted=WANTED, by=journal.by, at=journal.at)
    decide(journal, made[2], REFUSED)
    decisions = commands.decide_together(request_id=made[0].public_id, answer=REFUSED, by=journal.by, at=journal.at)

    assert [request.entry for request in made] == entries
    assert len({request.bundle for request in made}) == 1
    assert {request.due_on for request in made} == {made[0].due_on}
    assert [decision.request.entry for decision in decisions] == entries[:2]
    assert entries[1].own_number in decisions[1].letter
    assert {row.pk for row in loading.asked_together(made[0])} == {made[1].pk, made[2].pk}
    parent = AuditEvent.objects.get(name="openness.request.received_together")
    assert AuditEvent.objects.filter(name="openness.request.received", parent=parent.id).count() == 3


def test_what_one_of_several_lacks_stops_all_and_is_told_with_its_number(journal):
    ready, unready = journal.entry("Ferdig"), journal.entry("Ikke ferdig")
    keep_documents(journal, ready)
    wanted = [ready.public_id, unready.public_id]
    first, second = commands.enter_together(entry_ids=wanted, wanted=WANTED, by=journal.by, at=journal.at)

    with pytest.raises(Invalid) as refused:
        commands.decide_together(request_id=first.public_id, answer=Answer("FULL"), by=journal.by, at=journal.at)

    assert second.entry.own_number in refused.value.message
    first.refresh_from_db()
    assert first.state == "RECEIVED"


@pytest.mark.parametrize("several", [0, 51])
def test_a_request_covers_some_documents_and_not_any_number(journal, several):
    with pytest.raises(Invalid):
        commands.enter_together(
            entry_ids=[ids.new() for _each in range(several)], wanted=WANTED, by=journal.by, at=journal.at
        )


def test_one_document_that_somebody_does_not_see_hides_the_whole_request(journal):
    seen = journal.entry()

    with pytest.raises(NotFound):
        commands.enter_together(entry_ids=[seen.public_id, ids.new()], wanted=WANTED, by=journal.by, at=journal.at)
    with pytest.raises(NotFound):
        commands.enter_together(entry_ids=[seen.public_id], wanted=WANTED, by=factories.person(), at=journal.at)
