"""How often a page asks the database: twelve times at most, however much there is to show."""

import pytest
from django.urls import reverse

from tests.desk import scene

MOST = 12
# A thread shows eighteen kinds of things; each is one look-up, however many there are of it.
MOST_OF_A_THREAD = 40
PAGES = ["today", "queue", "approvals", "promises", "forwarded", "hand-over", "issues", "log", "channels", "outbox"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_twelve_times(busy, as_person, django_assert_max_num_queries, name):
    client = as_person(busy.officer)

    with django_assert_max_num_queries(MOST):
        answer = client.get(reverse(f"desk:{name}"))

    assert answer.status_code == 200


def test_a_thread_asks_at_most_twelve_times(busy, as_person, django_assert_max_num_queries):
    client = as_person(busy.officer)
    address = reverse("desk:thread", args=[scene.with_text("Storgata brøytet").thread.public_id])

    with django_assert_max_num_queries(MOST):
        answer = client.get(address)

    assert answer.status_code == 200
