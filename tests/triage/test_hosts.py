"""The lists of hosts: who keeps them, what a file may hold, what is kept, and what stands in the open is held to."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories
from tests.triage import rows
from torg import detectors
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.dialogue.types import What
from torg.people.types import Role
from torg.triage import commands, host_files, hosts, queries
from torg.triage.models import Finding, HostChange, HostFile, ListedHost, ListKind
from torg.triage.types import LISTS

pytestmark = pytest.mark.django_db
INTAKE = Rule("intake", "1")
WHY = "Svindel, meldt av politiet"


@pytest.fixture
def officer(at):
    holder = factories.person("Oda Opplyser")
    factories.role(holder, Role.OFFICER, at=at, scope=None)
    factories.login(holder)
    return holder


@pytest.fixture
def branch(at):
    return rows.thread(factories.presence(at=at), at=at)


@pytest.fixture
def listed(officer, at):
    def put(host="grovt.example", kind=ListKind.BLOCKED, reason=WHY):
        return commands.list_host(host=host, kind=kind, reason=reason, by=officer, at=at)

    return put


def found(text, branch, at):
    item = rows.item(branch, text, at=at)
    commands.assess(absorbed=rows.absorbed(item, what=What.NEW), by=INTAKE, at=at)
    return item


def codes(item):
    return list(Finding.objects.filter(item=item, kind="LINK", is_current=True).values_list("code", flat=True))


def reread(at, change=None):
    change = change or HostChange.objects.latest("id")
    return commands.reread_links(change_id=change.public_id, before=None, limit=10, by=LISTS, at=at)


@pytest.mark.strategy("F6")
def test_what_arrives_is_held_against_the_lists(listed, branch, at):
    listed("https://www.Blåbær.example/side")
    listed("kort.example", ListKind.SHORTENER, "")

    item = found("Se xn--blbr-roah.example og kort.example/x", branch, at)

    assert queries.listed_hosts().object_list[1].name == "www.xn--blbr-roah.example"
    assert codes(item) == ["link.foreign_letters", "link.shortened"]
    assert codes(found("Se www.blåbær.example", branch, at)) == ["link.blocked"]
    assert AuditEvent.objects.filter(name="triage.hosts.changed").count() == 2
    assert "grovt" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


@pytest.mark.strategy("F6")
def test_what_cannot_be_a_host_is_found_and_kept_all_the_same(branch, at):
    assert codes(found("Se https://%00/film", branch, at)) == ["link.unreadable"]


def test_what_stands_already_is_held_against_a_changed_list(listed, branch, at):
    item, other = found("Se grovt.example/film", branch, at), found("Se avis.example", branch, at)
    bare = found("Gå til farlig.zip", branch, at)
    old = found("Se grovt.example", branch, at - timedelta(days=90))
    listed()

    assert reread(at) is None
    assert (codes(item), codes(other), codes(old)) == (["link.blocked"], ["link"], ["link"])

    listed("farlig.zip")
    reread(at)
    assert codes(bare) == ["link.blocked"], "named by hand, though nobody saw an address in it before"


def test_a_host_that_is_taken_off_is_kept_as_having_stood_there(listed, branch, officer, at):
    row = listed()
    item = found("Se grovt.example/film", branch, at)

    change = commands.take_off(listed_id=row.public_id, by=officer, at=at)
    reread(at, change)

    row.refresh_from_db()
    assert (codes(item), row.ended_in) == (["link"], change)
    assert hosts.current().listed("grovt.example") is None
    with pytest.raises(InvalidTransition):
        commands.take_off(listed_id=row.public_id, by=officer, at=at)
    for statement in ("DELETE FROM triage_listedhost", "UPDATE triage_listedhost SET reason = 'x'"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_else_was_found_in_a_text_is_no_newer_for_it(listed, branch, at):
    item = found("Din idiot, se grovt.example/film", branch, at)
    listed()

    reread(at + timedelta(days=1))

    told = dict(Finding.objects.filter(item=item, is_current=True).values_list("kind", "found_at"))
    assert (told["INSULT"], told["LINK"]) == (at, at + timedelta(days=1))


def test_texts_are_reread_some_at_a_time_and_a_change_asks_for_it(listed, branch, at):
    for _number in range(3):
        found("Se grovt.example", branch, at)
    listed()
    change = HostChange.objects.get()

    reached = commands.reread_links(change_id=change.public_id, before=None, limit=2, by=LISTS, at=at)

    assert Finding.objects.filter(code="link.blocked").count() == 2
    commands.reread_links(change_id=change.public_id, before=reached, limit=2, by=LISTS, at=at)
    assert Finding.objects.filter(code="link.blocked").count() == 3
    assert ProcrastinateJob.objects.filter(task_name="triage.reread_links").count() == 1


def test_a_host_stands_on_one_list_and_moves_from_one_to_another(listed):
    first = listed()

    second = listed(kind=ListKind.TRUSTED, reason="")

    first.refresh_from_db()
    assert (first.ended_in, second.listed_in.ended) == (second.listed_in, 1)
    with pytest.raises(Invalid):
        listed(kind=ListKind.TRUSTED)


@pytest.mark.parametrize(
    "written",
    [
        "https://grovt.example/r?u=https://bank.example/",
        "grovt.example/r?u=https://bank.example/",
        "HTTP://ola@grovt.example:80?x=1",
        "grovt.example#bank.example",
        "*.grovt.example",
    ],
)
def test_the_host_of_a_whole_address_is_the_one_that_it_leads_to(written):
    assert host_files.host_in(written) == "grovt.example"


@pytest.mark.parametrize("written", ["2001:DB8:0:0::7", "[2001:db8::7]", "https://[2001:db8:0::7]:8443/x"])
def test_a_number_address_is_listed_as_links_tell_it(written):
    [link] = detectors.links_in("https://[2001:db8:0:0:0::7]/")

    assert host_files.host_in(written) == link.host == "2001:db8::7"


@pytest.mark.parametrize(
    ("host", "reason", "field"),
    [("no", WHY, "host"), ("ikke en vert", WHY, "host"), ("grovt.example", " ", "reason"), ("localhost", WHY, "host")],
)
def test_what_is_no_host_or_has_no_reason_is_refused(listed, host, reason, field):
    with pytest.raises(Invalid) as refused:
        listed(host, reason=reason)

    assert refused.value.field == field
    assert not HostChange.objects.exists()


def test_our_own_site_cannot_be_blocked_and_colleagues_cannot_list(listed, settings, at):
    settings.PUBLIC_ADDRESS = "https://storvik.kommune.example"
    with pytest.raises(Invalid):
        listed("kommune.example")

    other = factories.person("Per Prøve")
    factories.role(other, Role.CASE_OFFICER, at=at, scope=None)
    with pytest.raises(NotAllowed):
        commands.list_host(host="a.example", kind=ListKind.TRUSTED, reason="", by=other, at=at)


FILES = {
    "plain": b"# comment\ngrovt.example\n\nANNEN.example.\n",
    "hosts": b"127.0.0.1 localhost\n0.0.0.0 grovt.example # film\n::1 localhost\n0.0.0.0 annen.example",
    "filter": b"! title\n||grovt.example^\n||annen.example^$third-party\n",
    "csv": b'host;grunn\ngrovt.example;Grov vold\n"annen.example";"a;b"\n',
    "addresses": b"https://grovt.example/film?x=1\nhttp://bruker@annen.example:8080/\n",
    "bom and latin": "\ufeffgrovt.example, bl\u00e5\nannen.example".encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_read_however_lists_are_written(name):
    read = host_files.read(FILES[name])

    assert list(read.hosts) == ["grovt.example", "annen.example"]
    assert read.refused_count == 0


def test_lines_that_name_no_host_are_told_by_number_and_any_bytes_are_safe():
    read = host_files.read(b"grovt.example\nikke en vert\n\x00\n<script>\n" + bytes(range(128, 256)))

    assert (list(read.hosts), read.refused[:2]) == (["grovt.example"], (2, 4))
    long = b"y" * 200_000
    for told in (b"a.example;" + long, b'a.example;"' + long, long + b";b", "\u00f8".encode() * 200_000):
        assert list(host_files.read(told + b"\n192.0.2.7\n").hosts) == ["192.0.2.7"]
    for hopeless in (b"", b"\xff\xfe", b"x" * (host_files.LARGEST + 1)):
        with pytest.raises(Invalid):
            host_files.read(hopeless)


def test_a_file_is_looked_at_before_it_is_taken_over(officer, listed, client, at):
    listed("staar.example")
    listed("flytter.example", ListKind.TRUSTED, "")
    client.force_login(officer.logins.get(), backend="django.contrib.auth.backends.ModelBackend")
    upload = SimpleUploadedFile("verter.csv", b"ny.example;Vold\nstaar.example\nflytter.example\nrot rot\n")

    answer = client.post(reverse("triage:host-reading"), {"file": upload, "kind": "BLOCKED", "reason": WHY})

    file = HostFile.objects.get()
    told = queries.difference(file)
    assert (told.new, told.standing, [row.name for row in told.elsewhere]) == (["ny.example"], 1, ["flytter.example"])
    assert answer.url == reverse("triage:host-file", args=[file.public_id])
    assert "ny.example" in client.get(answer.url).content.decode()
    assert hosts.current().listed("ny.example") is None

    client.post(reverse("triage:host-taking-over", args=[file.public_id]))

    row = ListedHost.objects.get(name="ny.example")
    assert (row.reason, ListedHost.objects.get(name="flytter.example", ended_in=None).reason) == ("Vold", WHY)
    assert hosts.current().blocked == {"ny.example", "staar.example", "flytter.example"}
    assert client.post(reverse("triage:host-dropping", args=[file.public_id])).status_code == 409
    assert "ny.example" in client.get(reverse("triage:hosts")).content.decode()


@pytest.mark.strategy("F6")
def test_links_are_laid_open_with_what_the_lists_say_and_nothing_to_press(listed, django_assert_num_queries):
    listed()
    text = "Se https://avis.example/?u=https://grovt.example/film og https://x.example/?id=15108695088"

    first, second = queries.links_in({1: [text]})[1]

    assert (first.host, first.entry.name, first.entry.reason) == ("avis.example", "grovt.example", WHY)
    assert second.entry is None and "15108695088" not in second.address
    [broken] = queries.links_in({1: ["https://[x/?id=15108695088"]})[1]
    assert "15108695088" not in broken.host + broken.address
    with django_assert_num_queries(0):
        assert queries.links_in({1: ["Ingen lenke her."], 2: []}) == {1: [], 2: []}
    listed("farlig.zip")
    [bare] = queries.links_in({1: ["Gå til farlig.zip"]})[1]
    assert bare.entry.name == "farlig.zip", "shown, since it raises a case"


def test_a_long_list_is_asked_by_name_and_read_once(officer, at, django_assert_num_queries):
    change = HostChange.objects.create(
        kind="BLOCKED", way="FROM_FILE", reason=WHY, listed=2000, made_by=officer, made_at=at
    )
    ListedHost.objects.bulk_create(
        ListedHost(name=f"vert{number}.example", kind="BLOCKED", reason=WHY, listed_in=change) for number in range(2000)
    )
    assert len(hosts.current().blocked) == 2000

    with django_assert_num_queries(1):
        assert hosts.current().first_blocked(["a.vert1999.example"]) == "a.vert1999.example"
