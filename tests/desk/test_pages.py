"""What the desk's pages say, to whom."""

import pytest
from django.urls import reverse

PAGES = ["today", "queue", "approvals", "promises", "forwarded", "hand-over", "issues", "log", "channels", "outbox"]


@pytest.mark.parametrize("name", PAGES)
def test_the_officer_opens_every_page(house, as_person, name):
    answer = as_person(house.officer).get(reverse(f"desk:{name}"))

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()
