"""How well, and how fast, the detectors find things: `python benchmarks/detectors.py [folder with labelled texts]`.

The texts are an optional folder beside the repository; without it only the speed is measured.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from torg import detectors
from torg.detectors import SUGGESTS_A_BREACH, Kind, language

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "moderation"
ALLOWED = set(language.ALLOWED) | set(language.SAMI)
TEXTS = [
    "Hvem ringer jeg når vannet er brunt?",
    "Brøytinga i år har vore elendig. Ungane måtte gå i vegen til skulen i heile veka.",
    "Hei! Kan dere ringe meg på 22 22 22 22 om søknaden min? Det haster litt, for jeg må si opp leiligheten.",
    "Takk!",
    "Så fint det ble i parken, nå må dere bare huske benkene også.",
]
EXPECTED_BY_RULE = {
    "trussel": {Kind.THREAT},
    "banning": {Kind.PROFANITY},
    "skjellsord": {Kind.INSULT},
    "hatefull": {Kind.HATE},
    "obskont": {Kind.OBSCENE},
    "personangrep": SUGGESTS_A_BREACH,
    "aerekrenkelse": SUGGESTS_A_BREACH,
    "saksbehandling": {Kind.CASE_HANDLING},
    "sensitivt": detectors.MASKED,
    "sporsmal": {Kind.QUESTION},
    "lenke": {Kind.LINK},
}
LAWFUL = {"kritikk", "ros", "felle", "dialekt", "sporsmal", "saksbehandling", "irrelevant"}


def rows(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text().splitlines():
        yield json.loads(line)


def measure_language(path: Path, every: int = 5) -> None:
    counts: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in list(rows(path))[::every]:
        size = "20+" if sum(map(str.isalpha, row["text"])) >= 20 else "<20"
        found, _ = language.identify(row["text"])
        if row["lang"] in ALLOWED:
            counts[f"allowed {size}"] += 1
            counts[f"kept {size}"] += found != "other"
        else:
            counts[f"others {size}"] += 1
            counts[f"found {size}"] += found == "other"
            missed[f"{row['lang']}→{found}"] += found != "other"
        if row["lang"] in language.ALLOWED and size == "20+":
            counts["five"] += 1
            counts["five right"] += found == row["lang"]
            norwegian = {"nb", "nn"}
            counts["five right, nb and nn as one"] += found == row["lang"] or {found, row["lang"]} == norwegian
            missed[f"{row['lang']}→{found}"] += found != row["lang"]
    for size in ("20+", "<20"):
        kept, found = share(counts, "kept", "allowed", size), share(counts, "found", "others", size)
        print(f"  {size} letters: kept {kept}, found {found}")
    right, as_one = counts["five right"] / counts["five"], counts["five right, nb and nn as one"] / counts["five"]
    print(f"  five-way {right:.3f}, nb and nn as one {as_one:.3f}")
    print("  most missed:", ", ".join(f"{pair} {number}" for pair, number in missed.most_common(12)))


def share(counts: Counter[str], part: str, whole: str, size: str) -> str:
    total = counts[f"{whole} {size}"]
    return f"{counts[f'{part} {size}'] / total:.4f} of {total}" if total else "-"


def measure_breaches(path: Path, most: int = 3000) -> None:
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in list(rows(path))[:most]:
        hit = any(finding.kind in SUGGESTS_A_BREACH for finding in detectors.run(row["text"]))
        counts[row["label"] != "NOT", hit] += 1
    right, false, missed = counts[True, True], counts[False, True], counts[True, False]
    print(
        f"  {path.name}: precision {right / max(right + false, 1):.2f}, recall {right / max(right + missed, 1):.2f},"
        f" false alarms {false / max(false + counts[False, False], 1):.3f} of {sum(counts.values())} texts"
    )


def measure_rules(path: Path, *, show: bool) -> None:
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows(path):
        kinds = {finding.kind for finding in detectors.run(row["text"])}
        rule = row["rule"]
        if rule in EXPECTED_BY_RULE:
            total[rule] += 1
            found[rule] += bool(kinds & EXPECTED_BY_RULE[rule])
            if show and not kinds & EXPECTED_BY_RULE[rule]:
                print("    missed", rule, "|", row["text"])
        if rule in LAWFUL:
            total["lawful, falsely alarmed"] += 1
            found["lawful, falsely alarmed"] += bool(kinds & SUGGESTS_A_BREACH)
            if show and kinds & SUGGESTS_A_BREACH:
                print("    alarmed", rule, "|", row["text"], kinds & SUGGESTS_A_BREACH)
    for rule in sorted(total):
        print(f"  {rule}: {found[rule]} of {total[rule]}")


def measure_speed(seconds: float = 2.0) -> None:
    detectors.run("Varm opp")
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        for text in TEXTS:
            detectors.run(text)
        done += len(TEXTS)
    print(f"  {done / (time.perf_counter() - begun):.0f} short texts a second on one core")


def main(arguments: list[str]) -> None:
    show = "--show" in arguments
    named = [argument for argument in arguments if not argument.startswith("--")]
    folder = Path(named[0]) if named else DATA
    print("Speed")
    measure_speed()
    if not folder.is_dir():
        print(f"No labelled texts in {folder}; nothing else is measured.")
        return
    print(f"Language, {folder}/langid.jsonl, every fifth text")
    measure_language(folder / "langid.jsonl")
    print("Breaches of the rules, any kind")
    for path in sorted(folder.glob("offensive_*.jsonl")):
        if "_de_" not in path.name:
            measure_breaches(path)
    print(f"By rule, {folder}/rules_no_handwritten.jsonl")
    measure_rules(folder / "rules_no_handwritten.jsonl", show=show)


if __name__ == "__main__":
    main(sys.argv[1:])
