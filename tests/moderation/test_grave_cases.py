"""Away at once without anybody deleting alone, an address that nothing gives away, and evidence for the police."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core import mail
from django.db import InternalError, ProgrammingError, transaction

from tests.moderation.conftest import audited
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.files import commands as files
from torg.moderation import commands, forms, packing, queries, tasks
from torg.moderation.models import PolicePackage, Proposal, TemporaryHiding
from torg.moderation.words import Ground, Measure, to_list
from torg.outbox.models import OutboxAct
from torg.people.models import RoleAssignment
from torg.records.models import Capture

SECRET = "Hun bor i Fjellveien 3 nå"


def removed(room, case, *, ground=Ground.PROTECTED_ADDRESS, by=None, **fields):
    given = {"reason": "Utleverer hvor noen er.", "is_impartial": True} | fields
    by = by or room.house.administrator
    return commands.remove_now(case_id=case.public_id, ground=ground, by=by, at=room.at, **given)


class TestRemoveNow:
    def test_one_act_hides_proposes_and_calls_but_deletes_nothing(self, room):
        case = room.case(SECRET)

        made = removed(room, case)

        assert TemporaryHiding.objects.get().ground == Ground.PROTECTED_ADDRESS
        assert (made.measure, made.state) == (Measure.DELETE, "WAITING")
        assert set(OutboxAct.objects.values_list("kind", flat=True)) == {"hide"}
        assert audited("moderation.case.removing") == 1

    def test_the_second_person_is_called_by_a_letter_that_says_nothing(self, room):
        made = removed(room, room.case(SECRET))

        tasks.call_agreer(str(made.public_id), str(room.house.officer.public_id))
        room.agreed(made)
        tasks.call_agreer(str(made.public_id), str(room.deputy.public_id))

        assert len(mail.outbox) == 1
        assert "Fjellveien" not in mail.outbox[0].body and "adress" not in mail.outbox[0].subject.lower()

    def test_whoever_hid_it_does_not_agree_too(self, room):
        made = removed(room, room.case(SECRET), by=room.house.officer)

        with pytest.raises(NotAllowed):
            room.agreed(made, by=room.house.officer)
        assert room.agreed(made, by=room.deputy).decisions

    def test_with_one_who_may_agree_it_is_hidden_and_nothing_is_proposed(self, room):
        RoleAssignment.objects.filter(person=room.deputy).delete()

        assert removed(room, room.case(SECRET)) is None
        assert TemporaryHiding.objects.exists() and not Proposal.objects.exists()

    @pytest.mark.parametrize(
        ("ground", "fields", "refusal"),
        [
            (Ground.PROFANITY, {}, NotAllowed),
            (Ground.THREAT, {"reason": " "}, Invalid),
            (Ground.THREAT, {"is_impartial": False}, NotAllowed),
        ],
    )
    def test_what_is_wrong_hides_nothing(self, room, ground, fields, refusal):
        case = room.case(SECRET)

        with pytest.raises(refusal):
            removed(room, case, ground=ground, **fields)
        assert not TemporaryHiding.objects.exists()

    def test_whoever_may_not_hide_does_not(self, room):
        case = room.case(SECRET)

        with pytest.raises(NotAllowed):
            removed(room, case, by=room.house.case_officer)

    def test_the_log_tells_no_protected_address_from_other_personal_data(self, room):
        told = []
        for ground in (Ground.PROTECTED_ADDRESS, Ground.PERSONAL_DATA):
            case = room.case(SECRET)
            before = set(AuditEvent.objects.values_list("id", flat=True))
            removed(room, case, ground=ground)
            rows = AuditEvent.objects.exclude(id__in=before)
            told.append(sorted((row.name, row.facts.get("ground", "")) for row in rows))

        assert told[0] == told[1]
        assert "protected_address" not in str(told)

    def test_lists_show_and_narrow_it_as_other_personal_data(self, room):
        removed(room, room.case(SECRET))
        by = {name: queries.CaseFilters.read({"view": "TO_ANSWER", "ground": name}) for name in Ground.values}
        found = {name: queries.case_page(room.house.officer, by[name], at=room.at).cases for name in by}

        assert Ground.PROTECTED_ADDRESS.label == Ground.PERSONAL_DATA.label
        assert "PROTECTED_ADDRESS" not in dict(to_list())
        assert found["PERSONAL_DATA"] and found["PROTECTED_ADDRESS"] == found["PERSONAL_DATA"]
        assert by["PROTECTED_ADDRESS"].ground == "" and not found["HEALTH"]

    def test_whoever_chooses_a_ground_can_tell_them_apart(self):
        labels = [str(label) for _value, label in forms.RemovingForm().fields["ground"].choices]

        assert len(labels) == len(set(labels))

    def test_it_is_done_on_the_page(self, room, signed_in, now):
        case = room.case(SECRET)
        browser = signed_in(room.house.administrator)
        words = {"ground": "PROTECTED_ADDRESS", "reason": "Utleverer noen", "is_impartial": "on"}

        shown = browser.get(f"/moderation/cases/{case.public_id}/follow-up/")
        answer = browser.post(f"/moderation/cases/{case.public_id}/removing/", words)

        assert shown.status_code == 200 and answer.status_code == 303
        assert Proposal.objects.exists()


class TestCasePage:
    def test_a_breach_is_one_act_away_for_those_who_may_see_what_was_exposed(self, room, signed_in, now):
        case = room.case(SECRET)
        removed(room, case)
        opening = f"/moderation/cases/{case.public_id}/breach/"

        page = signed_in(room.house.administrator).get(f"/desk/moderation/cases/{case.public_id}/").content.decode()

        assert opening in page and f"/moderation/cases/{case.public_id}/follow-up/" in page

    def test_others_are_shown_none_of_it(self, room, signed_in, now):
        case = room.case(SECRET)
        removed(room, case)

        page = signed_in(room.house.contributor).get(f"/desk/moderation/cases/{case.public_id}/").content.decode()

        assert "/breach/" not in page and "/follow-up/" not in page

    def test_a_case_officer_sees_the_breach_and_neither_removes_nor_packs(self, room, signed_in, now):
        case = room.case(SECRET)

        page = signed_in(room.house.case_officer).get(f"/moderation/cases/{case.public_id}/follow-up/")

        assert page.status_code == 200 and b"/breach/" in page.content
        assert b"/removing/" not in page.content and b"/police/" not in page.content


class TestPolice:
    @pytest.fixture
    def package(self, room):
        case = room.case("Jeg skal drepe deg", permalink="https://eksempel.example/7")
        return packed(room, case)

    def test_the_package_holds_all_and_the_sums_are_right(self, package):
        with zipfile.ZipFile(io.BytesIO(files.read(package.sha256))) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
        sums = dict(reversed(line.split("  ")) for line in parts["SHA256SUMS"].decode().splitlines())

        assert {"00-folgebrev.txt", "01-dokument.pdf", "02-data.json"} <= parts.keys()
        assert sums == {
            name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name[:2] not in ("00", "SH")
        }
        assert parts["01-dokument.pdf"].startswith(b"%PDF") and json.loads(parts["02-data.json"])["items"]
        assert "https://eksempel.example/7" in parts["00-folgebrev.txt"].decode()

    def test_the_same_evidence_gives_the_same_bytes(self, package, room):
        again = packing.pack(package.case, package.capture, law=_law(package, room))

        assert hashlib.sha256(again.data).hexdigest() == package.sha256

    def test_every_file_in_it_is_held(self, package):
        capture = Capture.objects.get(pk=package.capture_id)

        for sha256 in (package.sha256, capture.sha256):
            with pytest.raises(files.Held):
                files.remove(sha256=sha256, by=commands.VISITOR, at=package.made_at)

    def test_who_made_and_fetched_it_is_in_the_log(self, package, room):
        commands.fetch_police_package(package_id=package.public_id, by=room.house.officer, at=room.at)

        assert audited("moderation.police.packed") == audited("moderation.police.fetched") == 1

    def test_a_package_never_changes(self, package):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            PolicePackage.objects.filter(pk=package.pk).update(reason="Annet")

    def test_a_case_officer_neither_packs_nor_fetches(self, package, room):
        with pytest.raises(NotAllowed):
            packed(room, package.case, by=room.house.case_officer)
        with pytest.raises(NotFound):
            commands.fetch_police_package(package_id=package.public_id, by=room.house.case_officer, at=room.at)

    def test_without_a_reason_nothing_is_packed(self, room):
        with pytest.raises(Invalid):
            packed(room, room.case(), reason=" ")

    def test_it_is_packed_and_fetched_on_the_page(self, room, signed_in, now):
        case = room.case()
        browser = signed_in(room.house.administrator)

        browser.post(f"/moderation/cases/{case.public_id}/police/", {"reason": "Anmeldes"})
        package = PolicePackage.objects.get()
        answer = browser.post(f"/moderation/police/{package.public_id}/fetching/")

        assert answer["content-type"] == "application/zip"
        assert hashlib.sha256(answer.content).hexdigest() == package.sha256


def packed(room, case, *, by=None, reason="Anmeldes for trusler"):
    by = by or room.house.administrator
    return commands.make_police_package(case_id=case.public_id, reason=reason, by=by, at=room.at)


def _law(package, room):
    version = queries.version_in_force(package.case.rule, at=room.at) if package.case.rule else None
    return version.wording("nb").law if version else ""
