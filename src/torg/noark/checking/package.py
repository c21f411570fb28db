"""A deposit on disk or in a tar: where its files are, and opening them without leaving the package."""

import os
import stat
import tarfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

STRUCTURE = "arkivstruktur.xml"
STATED = "arkivuttrekk.xml"
RUNNING_JOURNAL = "loependeJournal.xml"
PUBLIC_JOURNAL = "offentligJournal.xml"
CHANGES = "endringslogg.xml"
_DOCUMENTS = {"dokument", "dokumenter"}
# DIAS packages (Arkade's, too) keep arkivuttrekk.xml under these names.
_STATED_ELSEWHERE = ("addml.xml", "../administrative_metadata/addml.xml", "../administrative_metadata/arkivuttrekk.xml")
_DEEPEST_ROOT = 2


class NoPackage(Exception):
    """What was given is no folder and no tar; the text says so."""


class Package:
    """The files of a deposit, by their path from where arkivstruktur.xml lies, with forward slashes.

    `files` are the sizes of the ordinary files, in bytes. Symbolic links, pipes and the like are `others`: they are
    never opened.
    """

    def __init__(
        self, name: str, files: Mapping[str, int], others: frozenset[str], opener: Callable[[str], BinaryIO]
    ) -> None:
        self.name = name
        self.files = files
        self.others = others
        self._opener = opener

    def open(self, path: str) -> BinaryIO:
        """Open one of `files`. Raises OSError; a file that has become a link since is refused too."""
        return self._opener(path)

    @cached_property
    def stated(self) -> str:
        """The path of arkivuttrekk.xml; its usual one when there is none."""
        return next((path for path in (STATED, *_STATED_ELSEWHERE) if path in self.files), STATED)

    @cached_property
    def document_folders(self) -> tuple[str, ...]:
        """The folders of documents (DOKUMENT, dokumenter and so on)."""
        tops = {path.split("/", 1)[0] for path in (*self.files, *self.others) if "/" in path}
        return tuple(sorted(top for top in tops if top.lower() in _DOCUMENTS))

    def documents(self) -> Iterator[str]:
        """The paths of the ordinary files in the folders of documents."""
        return (path for path in self.files if self.is_document(path))

    def is_document(self, path: str) -> bool:
        """Whether a path lies in a folder of documents."""
        top, slash, _ = path.partition("/")
        return bool(slash) and top in self.document_folders

    def referred(self, reference: str) -> str:
        """The path of the file that a reference in the archive means; empty when there is none in the package.

        Backslashes are taken for slashes, as Windows writes them. A reference that leads out of the package means
        nothing: paths are looked up among the package's own files and never tried on the disk.
        """
        path = reference if reference in self.files else plain(reference)
        return path if path in self.files and not path.startswith("../") else ""

    def spelled_otherwise(self, reference: str) -> str:
        """A note on the file whose name differs in case or in Unicode's form only; empty when there is none.

        Such a package may work on the machine that made it, and not on another: it is a fault all the same.
        """
        wanted = plain(reference)
        path = self._by_likeness.get(likeness(wanted), "")
        if path in ("", wanted):
            return ""
        is_form = unicodedata.normalize("NFC", path) == unicodedata.normalize("NFC", wanted)
        how = "de samme bokstavene i en annen Unicode-form (NFC/NFD)" if is_form else "andre store og små bokstaver"
        return f" I pakken ligger {path}: {how}."

    @cached_property
    def _by_likeness(self) -> dict[str, str]:
        return {likeness(path): path for path in self.files}


def likeness(path: str) -> str:
    """What is the same for names that some file systems take for one."""
    return unicodedata.normalize("NFC", path).casefold()


def plain(reference: str) -> str:
    """A reference with forward slashes and without `./`, as paths are written here."""
    return str(PurePosixPath(reference.replace("\\", "/"))) if reference else ""


def opened(path: Path) -> Package:
    """The package in a folder or a tar: its root, or the root's `content` folder. Raises NoPackage, OSError."""
    if path.is_dir():
        return of_folder(path)
    if path.is_file() and tarfile.is_tarfile(path):
        return of_tar(path)
    raise NoPackage(f"{path} er verken en mappe eller en tar-fil.")


def of_folder(path: Path) -> Package:
    """The package in a folder. Raises OSError when the folder cannot be listed."""
    root = root_in(path)
    files: dict[str, int] = {}
    others: set[str] = set()
    for name, size in entries(root):
        if size is None:
            others.add(name)
        else:
            files[name] = size
    for elsewhere in _STATED_ELSEWHERE[1:]:
        beside = root.parent / elsewhere.removeprefix("../")
        if root.name == "content" and beside.is_file() and not beside.is_symlink():
            files[elsewhere] = beside.stat().st_size
    return Package(path.name, files, frozenset(others), lambda name: opened_ordinary(root / name))


def root_in(path: Path, depth: int = 0) -> Path:
    """The folder where the archive's files lie: the one given, its `content`, or the only folder inside it."""
    for candidate in (path, path / "content"):
        if any((candidate / name).is_file() for name in (STRUCTURE, STATED)):
            return candidate
    if (path / "content").is_dir() and not (path / "content").is_symlink():
        return path / "content"
    folders = [entry for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)]
    if len(folders) == 1 and depth < _DEEPEST_ROOT and folders[0].name.lower() not in _DOCUMENTS:
        inner = root_in(Path(folders[0].path), depth + 1)
        return inner if any((inner / name).is_file() for name in (STRUCTURE, STATED)) else path
    return path


def entries(root: Path) -> Iterator[tuple[str, int | None]]:
    """Everything under a folder but folders, by path from there, with its size; None for what is no ordinary file.

    Links to folders are not followed, and a folder that may not be listed is told as one thing that is no file.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            found = list(os.scandir(root / folder))
        except OSError:
            yield folder, None
            continue
        for entry in found:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            else:
                yield name, size_of(entry)


def size_of(entry: os.DirEntry[str]) -> int | None:
    """The size of an ordinary file; None for anything else, and for one that has gone."""
    try:
        return entry.stat(follow_symlinks=False).st_size if entry.is_file(follow_symlinks=False) else None
    except OSError:
        return None


def opened_ordinary(path: Path) -> BinaryIO:
    """Open an ordinary file; one that has become a link or a pipe is refused with OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path.name} er ikke en vanlig fil")
    return os.fdopen(descriptor, "rb")


def of_tar(path: Path) -> Package:
    """The package in a tar, read where it lies. Raises OSError, and tarfile.TarError for a damaged one."""
    archive = tarfile.TarFile(path)
    members: dict[str, tarfile.TarInfo] = {}
    others: set[str] = set()
    prefix = prefix_in(cleaned(member.name) for member in archive)
    for member in archive:
        name = relative(cleaned(member.name), prefix)
        if name and member.isreg():
            members[name] = member
        elif name and not member.isdir():
            others.add(name)
    sizes = {name: member.size for name, member in members.items()}
    return Package(path.name, sizes, frozenset(others), lambda name: cast(BinaryIO, archive.extractfile(members[name])))


def relative(name: str, prefix: str) -> str:
    """A member's path from where the archive lies; empty for what is of no interest or leads out of the tar."""
    inside = name.removeprefix(prefix)
    if not name.startswith(prefix):
        inside = f"../{name.removeprefix(prefix.removesuffix('content/'))}"
        return inside if inside in _STATED_ELSEWHERE else ""
    return "" if ".." in inside.split("/") else inside


def prefix_in(names: Iterable[str]) -> str:
    """The folder in the tar where the archive's files lie."""
    roots = [name.rpartition("/")[0] for name in names if name.rpartition("/")[2] in (STRUCTURE, STATED)]
    found = min(roots, key=lambda folder: folder.count("/"), default="")
    return f"{found}/" if found else ""


def cleaned(name: str) -> str:
    """A member's name without the leading `./` or `/`."""
    return name.lstrip("/").removeprefix("./")
