"""How root runs a program as someone else, for programs that refuse root."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534
IN_NAMESPACE = ("unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
AS_NOBODY = (
    "setpriv",
    *(f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *(f"--{kind}=-all,+dac_override" for kind in ("inh-caps", "ambient-caps", "bounding-set")),
    # Else `access` would answer for the bare user, and not see what we may.
    "--securebits=+no_setuid_fixup",
    "--",
)


@dataclass(frozen=True, slots=True)
class Way:
    """What stands before the command, and the user id that its folders must belong to (None: as they are)."""

    prefix: tuple[str, ...] = ()
    owner: int | None = None


def way(data: Path) -> Way | None:
    """How to run a program that works in folder `data`; None when root has no way to be someone else.

    A user namespace shows root as `nobody` and changes no folder's owner. Where namespaces are refused
    (containers), we become `nobody` for real, and keep the one right to pass folders of root's: the program
    and its data may lie there. A folder that is `nobody`'s already stays so.
    """
    if os.geteuid() != 0:
        return Way()
    ways = [Way(IN_NAMESPACE), Way(AS_NOBODY, NOBODY)]
    if data.exists() and data.stat().st_uid == NOBODY:
        ways.reverse()
    return next((one for one in ways if works(one.prefix)), None)


def works(prefix: tuple[str, ...]) -> bool:
    """Whether a program runs behind this prefix here."""
    if shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
