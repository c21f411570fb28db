"""The file name extension of each format, by its PRONOM id: a file must not say one thing and its metadata another."""

import re

# The formats that the National Archives take and that social media can hold (riksarkivarens forskrift kap. 5).
PUIDS = {
    "pdf": "fmt/14 fmt/15 fmt/16 fmt/17 fmt/18 fmt/19 fmt/20 fmt/276 fmt/95 fmt/354 fmt/476 fmt/477 fmt/478 "
    "fmt/479 fmt/480 fmt/481",
    "json": "fmt/817",
    "xml": "fmt/101 fmt/1776",
    "txt": "x-fmt/111 x-fmt/16",
    "csv": "x-fmt/18",
    "html": "fmt/96 fmt/97 fmt/98 fmt/99 fmt/100 fmt/471 fmt/102 fmt/103",
    "jpg": "fmt/41 fmt/42 fmt/43 fmt/44",
    "png": "fmt/11 fmt/12 fmt/13",
    "tif": "fmt/353 fmt/153 fmt/155 fmt/156",
    "jp2": "x-fmt/392",
    "gif": "fmt/3 fmt/4",
    "webp": "fmt/566 fmt/567 fmt/568",
    "mp4": "fmt/199",
    "mpg": "fmt/640",
    "mkv": "fmt/569",
    "webm": "fmt/573",
    "mp3": "fmt/134",
    "wav": "fmt/1 fmt/2 fmt/6 fmt/141 fmt/142 fmt/527 fmt/703 fmt/704 fmt/705",
    "flac": "fmt/279",
    "ogg": "fmt/947",
    "docx": "fmt/412",
    "xlsx": "fmt/214",
    "pptx": "fmt/215",
    "odt": "fmt/136 fmt/290 fmt/291 fmt/1756",
    "warc": "fmt/289 fmt/1281 fmt/1355",
    "zip": "x-fmt/263",
    "tar": "x-fmt/265",
}
BY_PUID = {puid: ending for ending, puids in PUIDS.items() for puid in puids.split()}


def extension(puid: str, file_name: str) -> str:
    """The extension of a format; of the name it came with when the format is not known here, and “bin” without any."""
    ending = file_name.rpartition(".")[2].lower()
    return BY_PUID.get(puid) or (ending if re.fullmatch("[a-z0-9]{1,8}", ending) else "bin")
