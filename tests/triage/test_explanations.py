"""Every code that a detector can give has its sentence."""

from tests.detectors.passages import codes
from torg import detectors
from torg.detectors import HostLists, Oddity
from torg.detectors.vocabulary import phrases
from torg.triage.explanations import SENTENCES, WARNINGS

SAMPLES = [
    "Når åpner dere? Lurer på om det er åpent",
    "faen, f a e n og «faen»",
    "se nrk.no, bit.ly/x, https://a.no@b.no, https://xn--blbr-roah.no, https://192.0.2.7/, sex.example, http://[::1",
    "ola@epost.no eller ola (at) epost.no, ring 22 22 22 22, konto 1234.56.78903",
    "fødselsnr 15108695088, personnr 010190 12345",
    "Kiedy będzie otwarta droga do szkoły w naszej gminie?",
    "Brlfx qzzkt wrpld fghnm zzyx",
]


def test_every_phrase_has_a_sentence():
    assert {f"{phrase.kind.lower()}.{phrase.code}" for phrase in phrases()} <= set(SENTENCES)


def test_every_other_code_has_a_sentence():
    assert set().union(*map(codes, SAMPLES)) <= set(SENTENCES)


def test_no_sentence_is_left_over():
    given = {f"{phrase.kind.lower()}.{phrase.code}" for phrase in phrases()} | set().union(*map(codes, SAMPLES))
    lists = HostLists(blocked=frozenset({"grovt.example"}))

    assert set(SENTENCES) - given == {finding.code for finding in detectors.run("grovt.example", lists)} - given


def test_every_oddity_of_a_link_has_its_sentence():
    assert set(WARNINGS) == set(Oddity)
