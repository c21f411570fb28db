"""The official schemas, which a deposit must carry unchanged (krav 6.4.18) and this project does not distribute."""

import hashlib
from pathlib import Path

# Name in the package: SHA-256 of the published file (Noark 5 v5.0, which 5.5 left as it was; ADDML 8.3).
PUBLISHED = {
    "addml.xsd": "ae2c4c9be0c1f4f291be36db3dfc069085f35eb515b072d3b1230ac89647d5dd",
    "arkivstruktur.xsd": "77acc0f549f4f3856f56429cb30e6b626ddb05d8b8a3d6cae00cb5911b60f58c",
    "endringslogg.xsd": "07cbc86e8b3c4b42ed831cdd5c09aa402a2c4049bbca2d287e184f3138edf1de",
    "loependeJournal.xsd": "a631f05eac6496394e78597ac7d20d9e1269fcaccb6d1a8f5c50c75e53384f27",
    "metadatakatalog.xsd": "c7c0a7e7996f60b4c28eacd0e34e6af0d6ca2cfb76f58080221e163fb972a305",
    "offentligJournal.xsd": "e3d9befccf53255be8233d2836ef1de35d9270d95bb3bcbd58ca63544fe170b3",
}
WHERE = "https://github.com/nasjonalarkivet/schemas (N5/v5.0 and ADDML/v8.3)"


class SchemasMissing(FileNotFoundError):
    """The folder of schemas lacks some, or has others than the published; the text names them and where they are."""


def read(folder: Path) -> dict[str, bytes]:
    """The published schemas by their name in the package, from wherever they lie in the folder.

    They are known by their content, since ADDML's is published under another name. Raises SchemasMissing.
    """
    names = {digest: name for name, digest in PUBLISHED.items()}
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*.xsd")) if folder.is_dir() else []:
        content = path.read_bytes()
        name = names.get(hashlib.sha256(content).hexdigest())
        if name:
            found[name] = content
    missing = [name for name in PUBLISHED if name not in found]
    if missing:
        raise SchemasMissing(
            f"{folder} lacks the official schemas {', '.join(missing)}. They are published at {WHERE}; "
            "fetch them, then run: torg noark schemas FOLDER"
        )
    return found
