"""The key that signs checkpoints, and the public keys that are trusted."""

import base64
import binascii
import os
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from torg.audit.notes import PublicKey, Signer
from torg.core.errors import Unavailable


def signer() -> Signer:
    """Our signer: the key from `TORG_CHECKPOINT_KEY`, else from the key file, which is made the first time.

    Raises Unavailable when the key cannot be read.
    """
    written = settings.CHECKPOINT_KEY or _from_file(Path(settings.CHECKPOINT_KEY_FILE))
    try:
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(written, validate=True))
    except (ValueError, binascii.Error) as error:
        raise Unavailable(_("The key that signs the log cannot be read: it is 32 bytes in base64.")) from error
    return Signer(origin(), key)


def trusted() -> list[PublicKey]:
    """Our public key, and the former ones that `TORG_CHECKPOINT_FORMER_KEYS` lists; raises NoteProblem."""
    return [signer().public, *map(PublicKey.parse, settings.CHECKPOINT_FORMER_KEYS)]


def origin() -> str:
    """The log's name in the world: our address and “audit”."""
    return settings.CHECKPOINT_ORIGIN or f"{urlsplit(settings.PUBLIC_ADDRESS).netloc}/audit"


def _from_file(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw())
    # Written aside and linked in, so that of two processes that start at once one makes the key and both read it.
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(fresh)
            os.fsync(file.fileno())
        try:
            path.hardlink_to(aside)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text().strip()
