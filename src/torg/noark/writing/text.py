"""Any text made fit for XML and for a file name, without losing that something stood there."""

import re
import unicodedata

# What XML 1.0 has no way to write: control characters, lone surrogates, U+FFFE and U+FFFF.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNFIT_FOR_FILES = re.compile(r'[/\\:*?"<>|]')
RESERVED_ON_WINDOWS = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
# In bytes of UTF-8: file systems count so, and stop at 255.
LONGEST_NAME = 200


def legible(text: str) -> str:
    """The text, with every character that XML cannot carry shown as its code point, such as [U+0000]."""
    return UNWRITABLE.sub(code_point, text)


def code_point(found: re.Match[str]) -> str:
    """[U+0000], as Unicode writes code points."""
    return f"[U+{ord(found[0]):04X}]"


def safe_file_name(name: str, *, unnamed: str = "uten navn") -> str:
    """A name that every file system takes and that shows what it is: no folder, no hidden characters, bounded length.

    Formatting characters go too: a right-to-left mark can make “fdp.exe” look like “exe.pdf”.
    """
    shown = "".join(one if unicodedata.category(one)[0] != "C" else f"[U+{ord(one):04X}]" for one in name)
    fit = " ".join(UNFIT_FOR_FILES.sub("_", shown).split()).strip(" .")
    stem, dot, extension = fit.rpartition(".")
    if not dot or len(extension) > 10:
        stem, extension = fit, ""
    if stem.upper() in RESERVED_ON_WINDOWS:
        stem = f"_{stem}"
    ending = f".{extension}" if extension else ""
    room = LONGEST_NAME - len(ending.encode())
    kept = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return (kept or unnamed) + ending
