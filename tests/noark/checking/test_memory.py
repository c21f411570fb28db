"""What is remembered of an archive grows by little with each registration, even when something is wrong with each."""

import tracemalloc

from tests.noark.checking.building import MADE, Deposit, identity
from tests.noark.checking.testing import checked, failed

MOST_FOR_EACH = 800


def peak_with(registrations: int, folder) -> int:
    many = "".join(
        f'<registrering xsi:type="arkivnotat">{identity(1000 + number)}{MADE}<tittel>{"Melding " * 20}</tittel>'
        f"<referanseArkivdel>{number}</referanseArkivdel></registrering>"
        for number in range(registrations)
    )
    path = Deposit().change("<saksaar>", f"{many}<saksaar>").write(folder)
    tracemalloc.start()
    report = checked(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failed(report) == {"N5.48"}
    return peak


def test_memory_grows_by_little_with_each_registration(tmp_path):
    few, many = 500, 4500

    grown = peak_with(many, tmp_path / "mange") - peak_with(few, tmp_path / "få")

    assert grown / (many - few) < MOST_FOR_EACH
