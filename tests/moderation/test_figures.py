"""Figures tell of work and of nobody; and chance draws what somebody else reads again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.inbox.conftest import person
from tests.moderation.conftest import audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.moderation import commands, figures, queries
from torg.moderation.models import Case, SecondOpinion, SecondReading
from torg.moderation.words import Ground, Measure
from torg.people.models import Scope
from torg.people.types import Role
from torg.site import openness, rendering
from torg.site.models import SitePage
from torg.triage.models import ItemAssessment

COUNTS = some.dictionaries(some.sampled_from("abcdefgh"), some.integers(0, 30), max_size=8)


@given(COUNTS)
def test_no_count_of_fewer_than_five_is_told_or_can_be_derived(counts):
    made = figures.table("t", "T", counts)
    hidden = [counts[cell.code] for cell in made.cells if cell.count is None]

    assert all(cell.count is None or cell.count >= figures.FEWEST for cell in made.cells)
    assert sum(cell.count or 0 for cell in made.cells) + sum(hidden) == sum(counts.values())
    if made.total is not None and hidden:
        assert len(hidden) > 1 and sum(hidden) >= figures.FEWEST


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(50, 100, 50), (0, 100, 0), (3, 100, None), (98, 100, None), (2, 4, None)]
)
def test_a_share_tells_of_no_few_either(part, whole, told):
    assert figures.share(part, whole) == told


@pytest.fixture
def six(room):
    """Six decisions of the software's and people's finding, of which one was let stand before."""
    made = [room.decided(measure=Measure.HIDE) for _ in range(6)]
    Case.objects.filter(pk__in=[each.case_id for each in made[:1]]).update(source="TRIAGE")
    return made


def report(room, name="transparency", **fields):
    day = room.at.date()
    period = {"since": day - timedelta(days=1), "until": day + timedelta(days=1)} | fields
    told = getattr(queries, name)([room.house.scope_id], **period)
    return {table.code: {cell.code: cell.count for cell in table.cells} for table in told.tables}


def test_the_report_counts_what_was_done(room, six):
    told = report(room)

    assert told["measure"] == {"HIDE": 6} and told["ground"] == {"PERSONAL_ATTACK": 6}
    assert told["channel"] == {"facebook": 6} and told["rule"] == {"2": 6}
    assert told["seen"]["cases"] == 6 and told["pace"]["median"] == 0


def test_a_single_case_is_in_no_figure(room, six):
    room.decided(measure=Measure.DELETE)

    assert report(room)["measure"] == {"HIDE": None, "DELETE": None}
    assert report(room)["decided_source"] == {"OWN": None, "TRIAGE": None}


def test_a_protected_address_counts_among_other_personal_data(room):
    for _ in range(5):
        room.decided(measure=Measure.HIDE, ground=Ground.PROTECTED_ADDRESS, rule="privacy")

    assert report(room)["ground"] == report(room, "equality")["for_what"] == {"PERSONAL_DATA": 5}
    assert "PROTECTED" not in str(report(room, "equality"))


def test_another_period_and_other_pages_count_nothing(room, six):
    long_ago = report(room, since=date(2020, 1, 1), until=date(2020, 12, 31))

    assert long_ago["measure"] == {} and long_ago["seen"]["items"] == 0
    assert queries.transparency([], since=room.at.date(), until=room.at.date()).tables[4].cells == []


def test_the_figures_say_nothing_that_anybody_wrote(room, six):
    text = figures.as_text(queries.transparency([room.house.scope_id], since=room.at.date(), until=room.at.date()))
    text += figures.as_csv(queries.equality([room.house.scope_id], since=room.at.date(), until=room.at.date()))

    assert "idiot" not in text and "Kari" not in text and room.house.officer.name not in text


def test_a_language_that_is_hard_to_tell_is_called_unknown(room):
    case = room.decided().case
    ItemAssessment.objects.filter(item=case.item_id).update(language="unsure")

    told = queries.equality([room.house.scope_id], since=room.at.date(), until=room.at.date())

    by_language = {each.code: each.cells[0] for each in told.tables if each.code.startswith("language") and each.cells}
    assert by_language["language_decided"].code == "" != by_language["language_decided"].label
    assert by_language["language_ground"].label.startswith(by_language["language_decided"].label)


class TestPages:
    def test_page_csv_and_pdf(self, signed_in, room, six, now):
        browser = signed_in(room.house.leader)
        asked = f"since={room.at:%Y-%m-%d}&until={room.at:%Y-%m-%d}"

        for name in ("transparency", "equality"):
            page = browser.get(f"/moderation/{name}/?{asked}")
            sheet = browser.get(f"/moderation/figures/{name}.csv?{asked}")
            paper = browser.get(f"/moderation/figures/{name}.pdf?{asked}")

            assert page.status_code == 200 and sheet.content.startswith(b"\xef\xbb\xbf")
            assert paper.content.startswith(b"%PDF")

    @pytest.mark.parametrize("name", ["transparency", "equality", "second-readings", "breaches", "reports"])
    def test_it_asks_few_questions(self, signed_in, room, now, name, django_assert_max_num_queries):
        browser = signed_in(room.house.officer)
        browser.get(f"/moderation/{name}/")

        with django_assert_max_num_queries(12):
            assert browser.get(f"/moderation/{name}/").status_code == 200

    @pytest.mark.parametrize("asked", ["since=x", "since=2026-02-01&until=2026-01-01", "since=2026-13-01"])
    def test_a_period_that_means_nothing_is_this_year(self, signed_in, room, now, asked):
        assert signed_in(room.house.leader).get(f"/moderation/transparency/?{asked}").status_code == 200

    def test_another_file_is_not_found(self, signed_in, room, now):
        assert signed_in(room.house.leader).get("/moderation/figures/cases.csv").status_code == 404


class TestPublishing:
    def publish(self, room, year=2025, by=None):
        return openness.publish_year(year=year, by=by or room.house.officer, at=room.at)

    def test_a_person_publishes_a_year_and_the_page_of_rules_leads_to_it(self, room):
        paths = self.publish(room)
        rules = rendering.context_of(rendering.RULES, "nb", openness.identity.current(), at=room.at)

        assert "/apenhet/2025/" in paths and "/en/openness/2025/figures.csv" in paths
        assert [each.address for each in rules["figures_published"]()] == ["/apenhet/2025/"]
        assert b"2025" in bytes(SitePage.objects.get(path="/apenhet/2025/").body)
        document = SitePage.objects.get(path="/nn/openheit/2025/figures.pdf")
        assert bytes(document.body).startswith(b"%PDF") and document.media_type == "application/pdf"

    @pytest.mark.parametrize("year", [0, 2019, 2026, 9999])
    def test_a_year_that_is_not_over_is_not_published(self, room, year):
        with pytest.raises(Invalid):
            self.publish(room, year)

    def test_whoever_has_one_page_only_publishes_nothing(self, room):
        with pytest.raises(NotAllowed):
            self.publish(room, by=room.house.administrator)
        assert not SitePage.objects.exists()

    def test_a_secret_group_is_in_no_public_figure(self, room):
        Scope.objects.filter(pk=room.house.scope_id).update(is_secret=True)

        assert room.house.scope_id not in queries.public_scopes()


class TestSecondReading:
    @pytest.fixture
    def judge(self, room):
        return person("Siv Leder", Role.LEADER, None, room.house.unit)

    @pytest.fixture
    def one(self, room):
        """A decision to read again."""
        return room.decided(measure=Measure.HIDE)

    def drawn(self, room, judge, **fields):
        period = {"since": room.at.date(), "until": room.at.date(), "size": 3} | fields
        return commands.draw_sample(by=judge, at=room.at, **period)

    def read(self, reading, by, at, opinion=SecondOpinion.SAME, note=""):
        return commands.note_second_reading(reading_id=reading.public_id, opinion=opinion, note=note, by=by, at=at)

    def test_chance_draws_and_the_seed_draws_the_same_again(self, room, six, judge):
        first = self.drawn(room, judge, seed=7)
        second = self.drawn(room, judge, seed=7)

        drawn = [set(draw.readings.values_list("decision", flat=True)) for draw in (first, second)]
        assert len(drawn[0]) == 3 and drawn[0] == drawn[1]
        assert audited("moderation.sample.drawn") == 2

    def test_somebody_else_reads_and_the_opinion_stands(self, room, one, judge):
        reading = self.drawn(room, judge).readings.first()

        self.read(reading, judge, room.at, SecondOpinion.MILDER, "Et svar var nok.")

        with pytest.raises(InvalidTransition):
            self.read(reading, judge, room.at)
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            SecondReading.objects.filter(pk=reading.pk).update(opinion="SAME")

    def test_the_two_who_decided_do_not_read_it_again(self, room, one, judge):
        reading = self.drawn(room, judge).readings.first()

        with pytest.raises(NotAllowed):
            self.read(reading, room.house.officer, room.at)
        with pytest.raises(IntegrityError), transaction.atomic():
            change = {"read_by": room.house.officer, "read_at": room.at, "opinion": "SAME"}
            SecondReading.objects.filter(pk=reading.pk).update(**change)

    def test_another_opinion_needs_a_reason(self, room, one, judge):
        reading = self.drawn(room, judge).readings.first()

        with pytest.raises(Invalid):
            self.read(reading, judge, room.at, SecondOpinion.STAND)

    def test_whoever_may_not_judge_neither_draws_nor_reads(self, room, one, judge):
        reading = self.drawn(room, judge).readings.first()

        with pytest.raises(NotAllowed):
            self.drawn(room, room.house.administrator)
        with pytest.raises(NotFound):
            self.read(reading, room.house.administrator, room.at)

    @pytest.mark.parametrize("fields", [{"size": 0}, {"size": 101}, {"since": date(2030, 1, 1)}])
    def test_nothing_impossible_is_drawn(self, room, one, judge, fields):
        with pytest.raises(Invalid):
            self.drawn(room, judge, **fields)

    def test_it_is_drawn_and_read_on_the_page(self, room, one, judge, signed_in, now):
        browser, day = signed_in(judge), f"{room.at:%Y-%m-%d}"

        drawn = browser.post("/moderation/second-readings/", {"since": day, "until": day, "size": "1"})
        reading = SecondReading.objects.first()
        read = browser.post(f"/moderation/second-readings/{reading.public_id}/", {"opinion": "SAME", "note": ""})

        assert (drawn.status_code, read.status_code) == (303, 303)
        assert browser.get("/moderation/second-readings/").status_code == 200
