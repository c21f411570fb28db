"""The language of a short text: our word lists and a general model, agreeing."""

import math
import re
from collections.abc import Iterator
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from torg.detectors.reading import Reading
from torg.detectors.types import Finding, Kind
from torg.detectors.vocabulary import word_sets

NAME, VERSION = "language", "1"
WORDS = re.compile(r"[^\W\d_]+")
NOT_PROSE = re.compile(r"(?:https?://|www\.)\S+|[@#]\S+|\S+@\S+")
FOREIGN_SCRIPT = re.compile(r"[\u0370-\u1dff\u2d00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]")
LETTERS_READ = 3000
# Below this, only another script or clear words say anything (measured: short texts mislead every model).
SHORTEST = 20
ALLOWED = ("nb", "nn", "da", "sv", "en")
# The model knows Northern Sámi (se); Southern and Lule Sámi (sma, smj) are known by their words alone.
SAMI = ("se", "sma", "smj")
# The model's names for those of ours that it knows; it calls nb “no”.
MODEL_KNOWS = frozenset({"no", "nn", "da", "sv", "en", "se"})
WORD_WEIGHT = 1.4
# So many votes, by such a margin, and the small words alone are right more often than the model, and quicker.
CLEAR_VOTES, CLEAR_MARGIN, CLEAR_SHARE = 1.5, 1.5, 0.2
# “Other” is said only when the model leaves little to ours, has one candidate, and our small words are few.
SURE_OF_OTHER = 0.8
CLEAR_CANDIDATE = 0.2
FEW_OF_OUR_WORDS = 0.3


def find(reading: Reading) -> Iterator[Finding]:
    """One finding for the whole text: the language, `other`, or `unsure`; none for a text without letters."""
    code, score = identify(reading.text)
    if code is not None:
        is_off = code == "other"
        name = "language.other" if is_off else "language.unsure" if code == "unsure" else "language"
        yield Finding(Kind.LANGUAGE, 0, len(reading.text), score, name, NAME, VERSION, {"language": code})


def identify(text: str) -> tuple[str | None, float]:
    """nb, nn, da, sv, en, se (and sma, smj), other or unsure, with a score; None when there are no words."""
    prose = _prose(text[:LETTERS_READ])
    words = WORDS.findall(prose.lower())
    letters = sum(map(len, words))
    if not letters:
        return None, 0.0
    if not prose.isascii() and len(FOREIGN_SCRIPT.findall(prose)) > letters / 2:
        return "other", 0.99
    votes = votes_of(words)
    for code in SAMI:
        if votes[code] >= 2 and votes[code] > max(votes[other] for other in ALLOWED):
            return code, 0.9
    if letters < SHORTEST:
        return _by_words(votes, len(words))
    return _by_both(prose, votes, len(words))


def _prose(text: str) -> str:
    """Without addresses and names: they are of no language. Most texts have none, and are not searched for them."""
    has_any = "@" in text or "#" in text or "http" in text or "www." in text
    return NOT_PROSE.sub(" ", text) if has_any else text


def votes_of(words: list[str]) -> dict[str, float]:
    """How strongly each language is spoken for: a word counts more the fewer languages share it."""
    votes = dict.fromkeys((*ALLOWED, *SAMI), 0.0)
    owners = _owners()
    for word in words:
        sharing = owners.get(word, ())
        for code in sharing:
            votes[code] += 1 / len(sharing)
    return votes


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for code, words in word_sets("languages.tsv").items():
        for word in words:
            owners[word] = (*owners.get(word, ()), code)
    return owners


def _by_words(votes: dict[str, float], words: int) -> tuple[str, float]:
    best, second = _leading(votes)
    if votes[best] >= 0.5 and votes[best] > votes[second]:
        return best, round(min(0.5 + votes[best] / words / 2, 0.9), 2)
    return "unsure", 0.3


def _leading(votes: dict[str, float]) -> tuple[str, str]:
    best, second, *_ = sorted(ALLOWED, key=lambda code: -votes[code])
    return best, second


def _by_both(prose: str, votes: dict[str, float], words: int) -> tuple[str, float]:
    best, second = _leading(votes)
    if votes[best] >= max(CLEAR_VOTES, CLEAR_MARGIN * votes[second], CLEAR_SHARE * words):
        return best, 0.95
    ranked = _model().rank(prose.encode("utf-8", "replace").decode())
    by_name = dict(ranked)
    chances = {code: by_name["no" if code == "nb" else code] for code in ALLOWED}
    other = 1.0 - sum(chances.values()) - by_name["se"]
    likeliest, chance = ranked[0]
    if likeliest == "se":
        return "se", round(chance, 2)
    spoken_for = max(votes[code] for code in ALLOWED) / words
    if likeliest not in MODEL_KNOWS and other >= SURE_OF_OTHER and chance > CLEAR_CANDIDATE:
        return ("other", round(other, 2)) if spoken_for < FEW_OF_OUR_WORDS else ("unsure", 0.4)
    if likeliest not in MODEL_KNOWS and not spoken_for:
        return "unsure", 0.4
    # The model's chances, drawn towards the language whose own small words stand in the text.
    best = max(ALLOWED, key=lambda code: math.log(chances[code] + 1e-4) + WORD_WEIGHT * votes[code] / math.sqrt(words))
    return best, round(max(1 - other, 0.6), 2)


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
