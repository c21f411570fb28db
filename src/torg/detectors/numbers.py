"""Numbers that belong to a person: national identity number, bank account, phone."""

import re
from collections.abc import Iterator
from datetime import date

import phonenumbers
from stdnum.no import kontonr

from torg.detectors.reading import Reading
from torg.detectors.types import Finding, Kind

NAME, VERSION = "numbers", "1"
CHAIN = re.compile(r"\+?\d(?:[ .\-–/:]{0,2}\d){4,}")
GROUP = re.compile(r"\d+")
ID_LENGTH = ACCOUNT_LENGTH = 11
PERSONAL_PART_LENGTH = 5
SAYS_ID = re.compile(
    r"f(?:ø|o)dsels?-?n(?:umme)?r|person-?n(?:umme)?r|person-?num|\bfnr\b|\bpnr\b|d-nummer|cpr|identitetsnummer"
)
SAYS_ACCOUNT = re.compile(r"konto|vipps|iban|bank")
SAYS_PHONE = re.compile(r"tlf|telefon|mob|ring|call|sms|melding|phone|nummer|nås|kontakt|vipps|tel")
SAYS_OTHER = re.compile(r"(?:sak\w*|ref\w*|kid|kr|org\w*|konto\w*|pris|gnr|bnr|faktura\w*)\W*(?:nr)?\W*$")
CONTEXT = 40
PHONE_LENGTH = 8
LENGTHS = {PERSONAL_PART_LENGTH, PHONE_LENGTH, ID_LENGTH}
PHONE_SHAPES = {(8,), (2, 2, 2, 2), (3, 2, 3), (4, 4)}
DATE_IN_ONE = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|(?:(?:19|20)\d\d){2}"
)
LONGEST = 15

# Day and month are raised to mark the sort of number: D-numbers (day +40), and in the month H-numbers and NAV's
# synthetic persons (+40), others' synthetic persons (+20, +60, +65) and Skatteetaten's test persons, Tenor (+80).
DAY_OFFSETS = (0, 40)
MONTH_OFFSETS = (0, 20, 40, 60, 65, 80)
WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))


def find(reading: Reading) -> Iterator[Finding]:
    """Every number that is, or is said to be, a person's own."""
    for chain in CHAIN.finditer(reading.folded):
        before = reading.folded[max(chain.start() - CONTEXT, 0) : chain.start()]
        groups = [(chain.start() + m.start(), chain.start() + m.end()) for m in GROUP.finditer(chain.group())]
        yield from _in_chain(reading, groups, before)


def _in_chain(reading: Reading, groups: list[tuple[int, int]], before: str) -> Iterator[Finding]:
    """Numbers begin and end where groups of figures do: no number is looked for inside a longer one."""
    first = 0
    while first < len(groups):
        found = max(_candidates(reading.folded, groups, first, before), default=None)
        if found is None:
            first += 1
            continue
        _, last, kind, score, code = found
        start, end = reading.place(groups[first][0], groups[last][1])
        yield Finding(kind, start, end, score, code, NAME, VERSION)
        first = last + 1


def _candidates(
    folded: str, groups: list[tuple[int, int]], first: int, before: str
) -> Iterator[tuple[int, int, Kind, float, str]]:
    """What the groups from `first` on can be, with the rank of the kind, so that the best is the greatest."""
    start, length = groups[first][0], 0
    # Only a number from abroad has any length: in a long row of figures all else is passed by at once.
    is_any_length = folded[start] == "0" or folded[start - 1 : start] == "+"
    for last in range(first, len(groups)):
        length += groups[last][1] - groups[last][0]
        if length > LONGEST:
            return
        if length not in LENGTHS and not is_any_length:
            continue
        sizes = tuple(end - begin for begin, end in groups[first : last + 1])
        digits = "".join(folded[begin:end] for begin, end in groups[first : last + 1])
        if len(digits) == ID_LENGTH and (eleven := _eleven(digits, sizes, before)):
            yield 2, last, *eleven
        elif len(digits) == PERSONAL_PART_LENGTH and first == last and SAYS_ID.search(before):
            yield 1, last, Kind.NATIONAL_ID, 0.7, "national_id.stated"
        elif _is_phone(folded, start, digits, sizes, before):
            yield 0, last, Kind.PHONE, 0.9 if SAYS_PHONE.search(before) else 0.75, "phone"


def _eleven(digits: str, sizes: tuple[int, ...], before: str) -> tuple[Kind, float, str] | None:
    if is_national_id(digits):
        return Kind.NATIONAL_ID, 0.98, "national_id.valid"
    if SAYS_ID.search(before) and _has_date(digits):
        # Somebody who says that it is one, and mistypes it, has still told who they are.
        return Kind.NATIONAL_ID, 0.7, "national_id.stated"
    if (sizes in {(4, 2, 5), (11,)} or SAYS_ACCOUNT.search(before)) and kontonr.is_valid(digits):
        return Kind.ACCOUNT, 0.95 if sizes == (4, 2, 5) or SAYS_ACCOUNT.search(before) else 0.6, "account"
    return None


def is_national_id(digits: str) -> bool:
    """Whether eleven digits are a valid national identity number, D-, H-, FH- or synthetic test number."""
    figures = [int(digit) for digit in digits]
    if len(figures) != ID_LENGTH or any(
        sum(weight * figure for weight, figure in zip(weights, figures, strict=False)) % 11 for weights in WEIGHTS
    ):
        return False
    return figures[0] in {8, 9} or _has_date(digits)


def _has_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    # The century lies in the person number; a leap year is taken if any century has one.
    return any(
        1 <= month - raised <= 12 and 1 <= day - added <= _days_in(month - raised, year)
        for raised in MONTH_OFFSETS
        for added in DAY_OFFSETS
    )


def _days_in(month: int, year: int) -> int:
    return 29 if month == 2 and year % 4 == 0 else (date(2001, month % 12 + 1, 1) - date.resolution).day


def _is_phone(folded: str, start: int, digits: str, sizes: tuple[int, ...], before: str) -> bool:
    is_international = folded[start - 1 : start] == "+" or digits.startswith("00")
    if not is_international and not _could_be_norwegian(digits, sizes, before):
        return False
    number = "+" + digits.removeprefix("00") if is_international else digits
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "NO"))
    except phonenumbers.NumberParseException:
        return False


def _could_be_norwegian(digits: str, sizes: tuple[int, ...], before: str) -> bool:
    if len(digits) != PHONE_LENGTH or digits[0] in "01":
        return False
    if SAYS_PHONE.search(before):
        return True
    # Sums of money, dates and case numbers have eight figures too.
    return sizes in PHONE_SHAPES and not DATE_IN_ONE.fullmatch(digits) and not SAYS_OTHER.search(before)
