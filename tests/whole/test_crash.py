"""A burst of deliveries while everything is killed again and again: nothing is lost, nothing is done twice."""

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
from django.db import InterfaceError, OperationalError, connection, connections, models
from procrastinate.exceptions import ConnectorException

from tests.conftest import point_to
from tests.whole.house import House, connect, wait_until
from tests.whole.processes import Stack, stack_in
from tests.whole.signing import PATH, comment, delivery, signature
from torg.channels import making
from torg.channels.models import DeliveryState, RawDeliveryState
from torg.core import chance, clock, jobs
from torg.core.errors import Stale
from torg.dialogue.models import Item, ItemVersion
from torg.inbox.models import Answer, Enquiry
from torg.outbox import commands as outbox
from torg.outbox.models import ActState, OutboxAct

pytestmark = pytest.mark.crash

DELIVERIES = 5_000
SENDERS = 24
ANSWERS = 50
SEED = 20_260_310
KILLS = ("web", "worker", "postgres", "worker", "web", "postgres")
SECONDS = 90
AWAY = (OperationalError, InterfaceError)


@dataclass
class Burst:
    """Senders that deliver until each delivery has been answered with 200, as the platform does."""

    address: str
    secret: str
    accepted: set[int] = field(default_factory=set)
    refused: Counter = field(default_factory=Counter)

    def run(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        waiting = iter(range(DELIVERIES))
        limits = httpx.Limits(max_connections=SENDERS, max_keepalive_connections=SENDERS)
        async with httpx.AsyncClient(base_url=self.address, trust_env=False, timeout=15, limits=limits) as client:
            await asyncio.gather(*(self._send_all(client, waiting) for _sender in range(SENDERS)))

    async def _send_all(self, client: httpx.AsyncClient, waiting) -> None:
        for number in waiting:
            body = delivery(comment(f"{number:05}", f"Når åpner det? Nummer {number}"))
            headers = signature(body, self.secret)
            while not await self._is_accepted(client, body, headers):
                await asyncio.sleep(0.2)
            self.accepted.add(number)

    async def _is_accepted(self, client: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> bool:
        try:
            status = (await client.post(PATH, content=body, headers=headers)).status_code
        except httpx.HTTPError as error:
            self.refused[type(error).__name__] += 1
            return False
        self.refused[status] += status != 200
        return status == 200


@pytest.fixture
def stack(postgres, worker_id, tmp_path, settings, django_db_setup, django_db_blocker) -> Stack:
    """Everything as processes of its own; this process' Django looks into the same database."""
    made = stack_in(tmp_path)
    settings.GRAPH_ADDRESS = made.stand_in_address
    making._budgets.clear()
    with django_db_blocker.unblock(), made.running():
        connections["default"].close()
        point_to(made.postgres, "torg")
        yield made
        connections.close_all()
        point_to(postgres, f"test_{worker_id}")


@pytest.fixture
def house(stack) -> House:
    """The page, with a comment for each answer that will be given."""
    made = connect(stack.standin(), stack.address, at=clock.now())
    post = made.control.visitor("post", as_page=True, text="Svømmehallen er åpen.")["id"]
    for number in range(ANSWERS):
        made.control.visitor("comment", target=post, name=f"Innbygger {number}", text=f"Er det åpent kl. {number}?")
    made.control.deliver_now()
    wait_until(lambda: Enquiry.objects.count() == ANSWERS, 30)
    return made


def test_everything_accepted_is_there_once_and_every_answer_stands_there_once(house, stack):
    burst = Burst(stack.address, house.standin.settings.app_secret)
    sending = threading.Thread(target=burst.run, daemon=True)

    sending.start()
    strike_and_answer(house, stack, burst)
    sending.join(SECONDS)
    assert len(burst.accepted) == DELIVERIES, (len(burst.accepted), burst.refused, stack.told)
    wait_until(is_calm, SECONDS)
    decide_what_nobody_knows(house)

    there = Counter(Item.objects.filter(external_id__startswith="1_").values_list("external_id", flat=True))
    assert there == Counter({f"1_{number:05}": 1 for number in range(DELIVERIES)})
    assert written_more_than_once() == []
    assert Enquiry.objects.count() == DELIVERIES + ANSWERS
    wait_until(lambda: not RawDeliveryState.objects.exclude(state=DeliveryState.PROCESSED).exists(), SECONDS)
    assert [len(house.with_text(words(number))) for number in range(ANSWERS)] == [1] * ANSWERS
    assert set(Answer.objects.values_list("state", flat=True)) == {"CONFIRMED"}


def written_more_than_once() -> list[tuple[int, int]]:
    """Items, by number, with more wordings than the one that each was given."""
    counts = ItemVersion.objects.values_list("item_id").annotate(wordings=models.Count("id"))
    return list(counts.filter(wordings__gt=1))


def strike_and_answer(house: House, stack: Stack, burst: Burst) -> None:
    """Answer one by one as the burst goes on, and kill something at moments that the seed decides."""
    strikes = sorted(chance.generator(SEED).sample(range(DELIVERIES // 20, DELIVERIES * 9 // 10), len(KILLS)))
    plan = [(count, name) for count, name in zip(strikes, KILLS, strict=True)]
    for number in range(ANSWERS):
        wait_until(lambda due=number * DELIVERIES // ANSWERS: len(burst.accepted) >= due, SECONDS)
        while plan and plan[0][0] <= len(burst.accepted):
            stack.kill(plan.pop(0)[1])
        answer(house, number)
        if number % 10 == 0:
            ask_for_poll(house)
    for _count, name in plan:
        stack.kill(name)


def ask_for_poll(house: House) -> None:
    """The page is read as well, as every ten minutes: what push and poll both tell is one thing."""
    try:
        jobs.enqueue("channels.poll", connection_id=house.connection.pk)
    except (*AWAY, ConnectorException):
        connection.close()


def answer(house: House, number: int) -> None:
    """One answer, by somebody who tries again when the page failed, and looks first whether it was taken."""
    asked = f"Er det åpent kl. {number}?"
    wait_until(lambda: is_planned(house, asked, words(number)), SECONDS)


def is_planned(house: House, asked: str, text: str) -> bool:
    try:
        if not Answer.objects.filter(text=text).exists():
            house.plan_answer(Item.objects.get(text=asked).external_id, text)
    except Stale:
        return False
    except AWAY:
        connection.close()
        return False
    return True


def words(number: int) -> str:
    return f"Ja, det er åpent. Svar nummer {number}. Hilsen Ingrid"


def is_calm() -> bool:
    """Nothing waits, and nothing is under way but what has to be looked for."""
    try:
        waits = RawDeliveryState.objects.filter(state=DeliveryState.PENDING).exists()
        items = Item.objects.filter(external_id__startswith="1_").count()
        flying = OutboxAct.objects.filter(state__in=[ActState.PLANNED, ActState.SENDING]).exists()
    except AWAY:
        connection.close()
        return False
    return not waits and not flying and items >= DELIVERIES


def decide_what_nobody_knows(house: House) -> None:
    """A worker that died in the act leaves it to be looked for; what is not there, a person lets go again."""
    unsure = OutboxAct.objects.filter(state=ActState.UNCONFIRMED)
    house.work(at=clock.now() + timedelta(minutes=10))
    for act in list(unsure):
        assert not house.with_text(act.payload["act"]["text"])
        outbox.settle(act_id=act.public_id, external_id=None, by=house.officer, at=clock.now())
        outbox.retry(act_id=act.public_id, by=house.officer, at=clock.now())
    wait_until(is_calm, SECONDS)
