"""What an article must pass before the public reads it: universal design, plain language, no personal data.

Pure: content in, remarks out (strategy A1; WCAG 2.2 AA by forskrift om universell utforming av IKT).
"""

from torg.publishing.gate.running import run
from torg.publishing.gate.types import Bounds, Place, Remark, Severity

__all__ = ["Bounds", "Place", "Remark", "Severity", "run"]
