"""The stand-in as a program: its page, its memory, the demonstration, starting and stopping."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from devtools.graph_standin import Standin, demo
from devtools.graph_standin.app import Habits
from devtools.graph_standin.records import State
from devtools.graph_standin.world import Settings, World
from stdnum.no import fodselsnummer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(standin):
    with httpx.Client(base_url=standin.base_url, follow_redirects=True, trust_env=False) as client:
        yield client


def test_the_page_says_that_it_is_not_facebook(page):
    shown = page.get("/").text

    assert "Øvingsside – ikke Facebook" in shown
    assert "<script" not in shown


def test_the_page_marks_what_is_hidden_and_leaves_out_what_is_deleted(standin, page, post, comment):
    standin.control.visitor("hide", target=comment["id"])
    assert "Skjult: bare den som skrev" in page.get("/").text

    standin.control.visitor("delete", target=comment["id"])
    assert "Når kommer lyset?" not in page.get("/").text


def test_text_on_the_page_cannot_become_markup(standin, page, post):
    standin.control.visitor("comment", target=post, name="<b>Kari</b>", text="<script>alert(1)</script>")

    shown = page.get("/").text

    assert "<script" not in shown and "<b>Kari" not in shown
    assert "&lt;script&gt;" in shown


def test_a_citizen_can_write_edit_and_delete_by_form(standin, page, graph, post):
    page.post("/innbygger/comment", data={"target": post, "name": "Kari Påfunnsen", "text": "Fin bru"})
    made = graph.get(f"/{post}/comments").json()["data"][0]
    assert made["from"]["name"] == "Kari Påfunnsen"

    page.post("/innbygger/edit", data={"target": made["id"], "text": "Flott bru"})
    assert "Flott bru" in page.get("/").text and "Redigert 1×" in page.get("/").text
    page.post("/innbygger/delete", data={"target": made["id"]})
    assert graph.get(f"/{post}/comments").json() == {"data": []}


def test_a_form_for_what_is_gone_is_told_so(page):
    assert page.post("/innbygger/edit", data={"target": "1_2", "text": "Hei"}).status_code == 404
    assert page.post("/innbygger/ban", data={}).status_code == 404


def test_the_page_shows_messages_and_deliveries(standin, page):
    standin.control.visitor("message", name="Oda Fantasdal", text="Er torget åpent?")
    standin.control.deliver_now()

    shown = page.get("/").text

    assert "Er torget åpent?" in shown and "levert 200" in shown


def test_the_demonstration_has_what_a_municipality_meets(standin, page):
    standin.control.reset(seed="demo")

    state = standin.control.state()

    assert len(state["posts"]) == 7 and len(state["comments"]) + len(state["messages"]) >= 25
    assert "Eksempelvik kommune" in page.get("/").text


def test_the_identity_number_of_the_demonstration_is_an_invented_one_with_right_check_digits():
    number = demo.INVENTED_IDENTITY_NUMBER

    assert 81 <= int(number[2:4]) <= 92
    assert fodselsnummer.calc_check_digit1(number) + fodselsnummer.calc_check_digit2(number) == number[9:]
    assert any("@ID@" in answer.text for post in demo.POSTS for answer in post.answers)


def test_citizens_go_on_writing():
    world = World()
    demo.seed(world)
    before = len(world.state.comments) + len(world.state.messages)

    for _ in range(10):
        demo.trickle(world)

    assert len(world.state.comments) + len(world.state.messages) == before + 10


def test_running_alone_it_writes_and_delivers(receiver):
    settings, habits = Settings(webhook_url=receiver.url), Habits(delivers=True, trickle=0.01)

    with Standin(settings=settings, habits=habits):
        has_arrived = receiver.has_got_one.wait(5)

    assert has_arrived


def test_a_page_with_thousands_of_comments_shows_the_newest(standin, page, post):
    standin.control.visitor("burst", target=post, count=3000)

    shown = page.get("/").text

    assert "2950 eldre kommentarer vises ikke her" in shown
    assert "Kommentar nummer 3000" in shown


def test_everything_is_remembered_in_a_file(tmp_path):
    world = World()
    world.state.subscribed_fields = ["feed"]
    demo.seed(world)
    world.state.save(tmp_path / "state.json")

    again = State.load(tmp_path / "state.json")

    assert again == world.state


def test_it_starts_tells_its_address_remembers_and_stops_on_sigterm(tmp_path):
    def start() -> tuple[subprocess.Popen, str]:
        command = [sys.executable, "-m", "devtools.graph_standin", "--state", str(tmp_path / "state.json")]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        return process, re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline()).group()

    def stop(process: subprocess.Popen) -> int:
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
        return process.wait(10)

    process, address = start()
    httpx.post(f"{address}/_standin/visitors/post", json={"text": "Hull i veien"})
    assert stop(process) in (0, -signal.SIGTERM)

    process, address = start()
    shown = httpx.get(address).text
    stop(process)

    assert "Hull i veien" in shown


def test_the_stand_in_knows_nothing_of_the_product():
    sources = (ROOT / "devtools" / "graph_standin").glob("*.py")

    assert not [path.name for path in sources if re.search(r"^\s*(from|import) torg", path.read_text(), re.MULTILINE)]
