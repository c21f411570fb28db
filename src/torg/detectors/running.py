"""All detectors over one text."""

from torg.detectors import addresses, language, links, numbers, phrases, questions, words
from torg.detectors.hosts import NO_LISTS, HostLists
from torg.detectors.links import Link
from torg.detectors.reading import Reading
from torg.detectors.types import Finding, Kind

DETECTORS = (language, questions, numbers, addresses, words, phrases)
VERSIONS = {detector.NAME: detector.VERSION for detector in DETECTORS}
VERSION = "-".join(f"{name}{version}" for name, version in sorted(VERSIONS.items()))

# When two of these meet in one passage, the first says more and stands alone.
OF_ONE_PASSAGE = (Kind.EMAIL, Kind.LINK, Kind.NATIONAL_ID, Kind.ACCOUNT, Kind.PHONE)


def run(text: str, hosts: HostLists = NO_LISTS) -> tuple[Finding, ...]:
    """Every finding in `text`, in order. The same text, lists and version give the same findings; any text is safe."""
    reading = Reading(text, hosts)
    found = [finding for detector in DETECTORS for finding in detector.find(reading)]
    return tuple(sorted(_without_doubles(found), key=lambda finding: (finding.start, finding.end, finding.kind)))


def links_in(text: str, hosts: HostLists = NO_LISTS) -> tuple[Link, ...]:
    """Every address in `text`, in order, as somebody sees it before opening any."""
    return tuple(links.find(Reading(text, hosts)))


def could_hold_links(text: str) -> bool:
    """Whether `links_in` can find anything in `text`, whatever stands on the lists."""
    return links.could_hold(Reading(text))


def _without_doubles(found: list[Finding]) -> list[Finding]:
    """Numbers inside addresses, and names inside links, are parts of what surrounds them."""
    kept, covered_to = [], -1
    own = [finding for finding in found if finding.kind in OF_ONE_PASSAGE]
    for finding in sorted(own, key=lambda finding: (finding.start, OF_ONE_PASSAGE.index(finding.kind))):
        # A personal number stays marked inside a link too, so that it is masked there.
        if finding.start >= covered_to or finding.kind is Kind.NATIONAL_ID:
            kept.append(finding)
            covered_to = max(covered_to, finding.end)
    return [finding for finding in found if finding.kind not in OF_ONE_PASSAGE] + kept
