"""One running Torg for each data folder."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import TextIO

from torg.config.env import EnvironmentProblem

NOTE_SECONDS = 2.0


class FolderLock:
    """A lock on a data folder that ends with the process that holds it, with a note of who that is."""

    def __init__(self, data: Path) -> None:
        self._path = data / "running.json"
        self._file: TextIO | None = None

    def take(self, *, address: str) -> bool:
        """Take the lock; False when another process has it. Raises EnvironmentProblem where there can be no folder."""
        folder = self._path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+")
        except OSError as problem:
            reason = problem.strerror or "unknown reason"
            raise EnvironmentProblem(
                f"Data cannot be kept in {folder}: {reason}. Set TORG_DATA to a folder of your own."
            ) from problem
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(json.dumps({"process": os.getpid(), "address": address}))
        file.flush()
        self._file = file
        return True

    def holder(self) -> tuple[int, str]:
        """Process id and address of the one that has the lock, or had it last."""
        given_up_at = time.monotonic() + NOTE_SECONDS
        # Whoever has just taken the lock may not have written yet.
        while not (text := self._path.read_text()) and time.monotonic() < given_up_at:
            time.sleep(0.01)
        note = json.loads(text)
        return int(note["process"]), str(note["address"])

    def address(self) -> str | None:
        """The address of the one that has the lock, or had it last; None when there never was one."""
        return self.holder()[1] if self._path.exists() else None

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None
