"""Time limits and terms: what holds, who decides them, and what is refused."""

from dataclasses import asdict, replace

import pytest
from django.urls import reverse

from tests.inbox.conftest import audited
from torg.core.errors import Invalid, NotAllowed
from torg.moderation import commands, deadlines, forms
from torg.moderation.models import ModerationSetting
from torg.moderation.types import Terms

PAGE = reverse("moderation:terms")


@pytest.fixture
def terms():
    return Terms(**{name: getattr(ModerationSetting(), name) for name in forms.TermsForm.base_fields})


def test_terms_hold_from_then_on_and_only_what_changed_is_audited(house, now, terms):
    wanted = replace(terms, complaint_days=30, hidden_at_most=" 4H ")

    commands.set_terms(terms=wanted, by=house.officer, at=now)

    assert (deadlines.setting().complaint_days, deadlines.setting().hidden_at_most) == (30, "4h")
    assert audited("moderation.terms.set") == 1


@pytest.mark.parametrize("who", ["administrator", "contributor", "leader"])
def test_only_those_who_keep_rules_or_people_decide(house, now, terms, who):
    with pytest.raises(NotAllowed):
        commands.set_terms(terms=terms, by=getattr(house, who), at=now)

    assert audited("moderation.terms.set") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"complaint_days": 20},
        {"complaint_days": 366},
        {"claim_minutes": 0},
        {"escalate_minutes": -1},
        {"breach_counts_days": 29},
        {"hidden_at_most": ""},
        {"decide_within_mild": "-1d"},
        {"decide_within_severe": "0"},
        {"decide_within_critical": "soon"},
        {"decide_within_serious": "999d"},
    ],
    ids=str,
)
def test_terms_that_would_not_protect_anybody_are_refused(house, now, terms, change):
    with pytest.raises(Invalid) as refused:
        commands.set_terms(terms=replace(terms, **change), by=house.officer, at=now)

    assert refused.value.field == next(iter(change))


def test_the_page_is_filled_in_with_what_holds_and_changes_it(signed_in, house, terms):
    client = signed_in(house.officer)
    assert 'name="complaint_days"' in client.get(PAGE).content.decode()

    answer = client.post(PAGE, {**asdict(terms), "complaint_days": 28})

    assert answer.status_code == 303
    assert deadlines.setting().complaint_days == 28


def test_what_is_refused_comes_again_filled_in(signed_in, house, terms):
    answer = signed_in(house.officer).post(PAGE, {**asdict(terms), "complaint_days": 3})

    assert answer.status_code == 422
    assert 'value="3"' in answer.content.decode()


def test_others_read_it(signed_in, house, terms):
    client = signed_in(house.leader)

    assert 'name="complaint_days"' not in client.get(PAGE).content.decode()
    assert client.post(PAGE, asdict(terms)).status_code == 403
