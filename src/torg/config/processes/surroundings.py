"""What a process needs from around it: a data folder, keys and a database, given or private to this machine."""

import base64
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from cryptography.fernet import Fernet

from torg.config.env import EnvironmentProblem
from torg.config.processes.folder_lock import FolderLock
from torg.config.processes.postgres import APP, OWNER, PrivatePostgres

DATABASE = "torg"
KEYS = "keys.env"

Environment = MutableMapping[str, str]


def data_folder(environment: Environment) -> Path:
    """Where this installation keeps its files (`TORG_DATA`, else `var` here)."""
    return Path(environment.get("TORG_DATA", "var")).resolve()


def private_postgres(data: Path) -> PrivatePostgres:
    """The private cluster of the data folder."""
    return PrivatePostgres(data / "postgres")


def complete(environment: Environment, *, as_owner: bool = False) -> None:
    """Fill in what the environment does not say, so that every word works beside `torg up` without settings.

    With `DATABASE_URL` the installation is somebody's own and nothing is guessed: production settings hold,
    unless the keys, too, are those that `torg up` has made in the data folder.
    Raises EnvironmentProblem when there is neither an address nor a private database.
    """
    data = data_folder(environment)
    if "DATABASE_URL" not in environment:
        if not (data / "postgres" / "PG_VERSION").exists():
            raise EnvironmentProblem("There is no database yet. Start Torg with ./torg up, or set DATABASE_URL.")
        use_private(environment, private_postgres(data))
        use_what_up_made(environment, data)
    elif "TORG_SECRET_KEY" not in environment and (data / KEYS).exists():
        use_what_up_made(environment, data)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "torg.config.settings.production")
    if as_owner:
        environment["DATABASE_URL"] = environment.get("DATABASE_OWNER_URL") or environment["DATABASE_URL"]


def use_private(environment: Environment, postgres: PrivatePostgres) -> None:
    """Point to the private cluster: the owner migrates, the application serves."""
    environment["DATABASE_URL"] = postgres.dsn(DATABASE, role=APP)
    environment["DATABASE_OWNER_URL"] = postgres.dsn(DATABASE, role=OWNER)
    environment["TORG_APP_ROLE"] = APP


def use_what_up_made(environment: Environment, data: Path) -> None:
    """Go on with the keys and the address of the `torg up` that runs on this data folder, or ran there last."""
    use_keys(environment, data)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "torg.config.settings.dev")
    if (address := FolderLock(data).address()) is not None:
        environment.setdefault("TORG_ADDRESS", address)


def use_keys(environment: Environment, data: Path) -> None:
    """Take keys from the data folder, made at the first start; a key given by the environment wins."""
    for name, value in kept_keys(data / KEYS).items():
        environment.setdefault(name, value)


def kept_keys(path: Path) -> dict[str, str]:
    """The keys in `path`; those that are missing are made and written there, readable for the owner only."""
    lines = path.read_text().splitlines() if path.exists() else []
    keys = dict(line.split("=", 1) for line in lines if "=" in line)
    missing = {name: value for name, value in new_keys().items() if name not in keys}
    if missing:
        keys |= missing
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{name}={value}\n" for name, value in keys.items())
        replace_privately(path, text)
    return keys


def new_keys() -> dict[str, str]:
    """A fresh set of keys."""
    return {
        "TORG_SECRET_KEY": secrets.token_urlsafe(48),
        "TORG_CREDENTIAL_KEYS": Fernet.generate_key().decode(),
        # Part of every signed checkpoint, so it must stay when the address changes.
        "TORG_CHECKPOINT_ORIGIN": f"{secrets.token_hex(8)}/audit",
        "TORG_CHECKPOINT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def replace_privately(path: Path, text: str) -> None:
    """Write `text` so that only the owner can read it, and so that a crash leaves the old file or the new one."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
