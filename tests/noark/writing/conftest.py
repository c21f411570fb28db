"""Where the official schemas are, when someone has put them beside the project."""

from pathlib import Path

import pytest
from lxml import etree

STANDARD = Path(__file__).parents[4] / "shared/standards/noark5"
XLINK = "http://www.loc.gov/standards/xlink/xlink.xsd"


class XLinkBeside(etree.Resolver):
    """DIAS's schemas import XLink by its address; it lies beside them."""

    def resolve(self, url: str | None, pubid: str | None, context: object) -> object:
        if url == XLINK:
            return self.resolve_filename(str(STANDARD / "dias/xlink.xsd"), context)
        return None


@pytest.fixture(scope="session")
def standard() -> Path:
    """The folder of the official schemas; the test is skipped without it."""
    if not STANDARD.is_dir():
        pytest.skip("the official schemas are not here")
    return STANDARD


def schema_at(path: Path) -> etree.XMLSchema:
    """The schema in a file, and those that it imports."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(XLinkBeside())
    return etree.XMLSchema(etree.parse(path, parser))
