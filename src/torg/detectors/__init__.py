"""What a text holds: findings that each point to the exact passage and say why. No Django, no database, no network."""

from torg.detectors.masking import mask
from torg.detectors.running import VERSION, VERSIONS, run
from torg.detectors.types import MASKED, SUGGESTS_A_BREACH, Finding, Kind

__all__ = ["MASKED", "SUGGESTS_A_BREACH", "VERSION", "VERSIONS", "Finding", "Kind", "mask", "run"]
