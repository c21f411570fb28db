"""How like two questions are: whether they ask about the same, whatever form of Norwegian each is in.

Words are compared by their beginnings, since endings are what differs between forms of a word and between nb and nn.
A plain measure that can be explained: which words two texts share, weighed by length.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_LONGEST_BEGINNING = 5
_SHORTEST = 3
# From this on, two questions are shown as one; measured on the samples in the tests.
SAME_FROM = 0.5
# Words that say nothing of what is asked; beginnings as they are compared.
_EMPTY_WORDS = """
jeg eg meg min mitt mine du deg din ditt dine han hun ho dei dem vi oss vår vårt våre dere dykk de den det dette
denne disse desse som for fra frå med uten utan til ved hos mot men eller og også ogs ikke ikkje bare berre enn
når kva hva hvor kor kvar hvem kven hvorf kvifo hvord korle hvilk er var bli blir ble blei har hadde ha kan
kunne kunna skal skull vil ville må måtte mått får fikk gjør gjer gjort noe noko noen nokon alle alt her der nå no
da så jo vel hei hallo takk vær plis snill veit vet vite andre fleir flere sann greit lurer lurar sier seier folk
about the and are what when where who why how could will would should you your our they this that is
there any have has does with from please hello thank thanks know can was
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# What is said in different words and means the same here; both as beginnings.
_ALIKE = {
    beginning: meant
    for meant, beginnings in {
        "vann": "vanne vatn vatne sprin kran krana water tap",
        "drikk": "drink drukk",
        "koke": "kokes kokas kokt boil boile",
        "skule": "skole skola skula schoo",
        "strøm": "straum strau elekt power",
        "vei": "veg vegen veien vegar veier road roads",
        "steng": "stein close shut",
        "åpen": "åpne åpner åpent open opnar opna ope opens",
        "morge": "morgo tomor",
    }.items()
    for beginning in beginnings.split()
}


def likeness(one: str, other: str) -> float:
    """0 for nothing in common, to 1 for the same words: the shared words' weight by that of the shorter text.

    A text of a single telling word is like another only where that is all that both say.
    """
    first, second = telling(one), telling(other)
    if not first or not second:
        return 0.0
    shared = _weight(first & second)
    by_shorter = shared / min(_weight(first), _weight(second))
    by_both = shared / _weight(first | second)
    return by_both if min(len(first), len(second)) == 1 else (by_shorter + by_both) / 2


@lru_cache(4096)
def telling(text: str) -> frozenset[str]:
    """The beginnings of the words that say what a text is about."""
    words = (word[:_LONGEST_BEGINNING] for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST)
    return frozenset(_ALIKE.get(word, word) for word in words if word not in _EMPTY)


def most_like(text: str, others: Iterable[tuple[int, str]], *, at_least: float = SAME_FROM) -> int | None:
    """The key of the text among `others` that is most like this one; None when none is like enough."""
    found = max(((likeness(text, other), -key) for key, other in others), default=(0.0, 0))
    return -found[1] if found[0] >= at_least else None


def _weight(words: Iterable[str]) -> int:
    return sum(len(word) for word in words)
