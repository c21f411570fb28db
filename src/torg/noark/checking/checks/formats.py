"""Which file name endings a stated document format (M701) can have.

The formats of riksarkivarens forskrift chapter 5, by PRONOM's id and by the names that are in use; and some that a
deposit may hold beside as production formats.
"""

import re
from functools import lru_cache

_ENDINGS = {
    "csv": "x-fmt/18 csv",
    "json": "fmt/817 json",
    "jsonld": "fmt/880 json-ld",
    "xml": "fmt/101 fmt/1776 xml",
    "xsd": "x-fmt/280 xsd",
    "sgm sgml": "x-fmt/195 sgml",
    "sql": "fmt/206 sql",
    "siard": "fmt/161 fmt/995 fmt/1196 fmt/1777 siard",
    "txt": "x-fmt/111 x-fmt/16 text tekst ra-tekst plaintext",
    "tif tiff": "fmt/353 fmt/156 fmt/155 fmt/153 tiff ra-tiff geotiff tiff-fx tiff/it",
    "pdf": (
        "fmt/14 fmt/15 fmt/16 fmt/17 fmt/18 fmt/19 fmt/20 fmt/276 fmt/1129 fmt/95 fmt/354 fmt/476 fmt/477 fmt/478"
        " fmt/479 fmt/480 fmt/481 pdf ra-pdf pdfa pdf-a pdf/a pdf/a-1 pdf/a-1a pdf/a-1b pdf/a-2 pdf/a-2a pdf/a-2b"
        " pdf/a-2u pdf/a-3 pdf/a-3a pdf/a-3b pdf/a-3u"
    ),
    "jpeg jpe jpg jif jfif jfi": "fmt/41 fmt/42 fmt/43 fmt/44 fmt/645 fmt/1507 jpg/jfif",
    "jp2": "x-fmt/392 jpeg2000",
    "png": "fmt/11 fmt/12 fmt/13",
    "gif": "fmt/3 fmt/4",
    "bmp": "fmt/114 fmt/115 fmt/116 fmt/117 fmt/118 fmt/119",
    "svg": "fmt/91 fmt/92 fmt/413",
    "webp": "fmt/566 fmt/567 fmt/568",
    "sos sosi": "fmt/1246 fmt/1247 fmt/1248 fmt/1249 fmt/1250",
    "gml": "x-fmt/227 fmt/1047",
    "mpg mpeg m2v": "fmt/640 mpeg-2",
    "mp4 m4v m4a f4v f4a": "fmt/199 mpeg-4 mpeg-4/h.264",
    "mj2 mjp2": "fmt/337",
    "mkv mk3d mka mks": "fmt/569 matroska",
    "mp3": "fmt/134",
    "wav wave": "fmt/1 fmt/2 fmt/527 fmt/703 fmt/704 fmt/705 fmt/6 fmt/141 fmt/142 bwf",
    "flac": "fmt/279",
    "ogg": "fmt/947",
    "doc": "fmt/38 fmt/39 fmt/40 fmt/609 fmt/754",
    "docx wbk": "fmt/412 ooxml-word",
    "docm": "fmt/523",
    "dotx": "fmt/597",
    "dotm": "fmt/599",
    "xls": "fmt/55 fmt/56 fmt/57 fmt/59 fmt/61 fmt/62",
    "xlsx": "fmt/214",
    "xlsm": "fmt/445",
    "xltx": "fmt/598",
    "xltm": "fmt/627",
    "xlam": "fmt/628",
    "ppt": "fmt/125 fmt/126",
    "pptx": "fmt/215",
    "pptm": "fmt/487",
    "ppam": "fmt/633",
    "ppsm": "fmt/630",
    "sldm": "fmt/636",
    "potm": "fmt/632",
    "ppsx": "fmt/629",
    "potx": "fmt/631",
    "odt ott": "fmt/136 fmt/290 fmt/291 fmt/1756",
    "ods ots": "fmt/137 fmt/294 fmt/295 fmt/1755",
    "odp otp": "fmt/138 fmt/292 fmt/293 fmt/1754",
    "rtf": "fmt/45 fmt/46 fmt/47 fmt/48 fmt/49 fmt/50 fmt/51 fmt/52 fmt/53 fmt/355 fmt/969",
    "warc warc.gz": "fmt/289 fmt/1355 fmt/1281",
    "htm html": "fmt/96 fmt/97 fmt/98 fmt/99 fmt/100 fmt/471 html5",
    "htm html xhtml": "fmt/102 fmt/103",
    "ifc": "fmt/659 fmt/699 fmt/700",
    "ifcxml": "fmt/663",
    "tar": "x-fmt/265",
    "zip": "x-fmt/263",
    "eml": "fmt/278 fmt/950",
    "msg": "x-fmt/430 x-fmt/431",
}
_BY_FORMAT: dict[str, frozenset[str]] = {}
for _endings, _formats in _ENDINGS.items():
    for _format in (*_formats.split(), *_endings.split()):
        _BY_FORMAT[_format] = _BY_FORMAT.get(_format, frozenset()) | set(_endings.split())


@lru_cache(maxsize=256)
def endings(stated: str) -> frozenset[str] | None:
    """The endings that a format can have, without dot and in small letters; None for a PRONOM id that is not known.

    Of a longer name (“PDF/A - ISO 19005-1”) the first known word counts. A name without one is taken as the ending
    itself, as Arkade takes every format.
    """
    name = stated.strip().lower()
    if name in _BY_FORMAT:
        return _BY_FORMAT[name]
    if name.startswith(("fmt/", "x-fmt/", "av/")):
        return None
    words = (word for word in re.split(r"[^a-z0-9]+", name) if word in _BY_FORMAT)
    return _BY_FORMAT.get(next(words, ""), frozenset({name.removeprefix(".")}))


def agree(stated: str, file_name: str) -> bool:
    """Whether a stated format and a file's name agree; of a format that is not known nothing is said."""
    possible = endings(stated)
    return possible is None or any(file_name.lower().endswith(f".{ending}") for ending in possible)
