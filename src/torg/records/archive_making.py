"""Which connector speaks for an archive core; the one place that knows the ways by name."""

from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.text import slugify

from torg.connectors.archives.contract import Archive
from torg.connectors.archives.fiks_arkiv.archive import FiksArchive
from torg.connectors.archives.fiks_arkiv.asice import Signer
from torg.connectors.archives.fiks_arkiv.drop import FolderDrop, Packing
from torg.connectors.archives.fiks_arkiv.plain import Folder, Zip
from torg.connectors.archives.fiks_arkiv.sealed import Parties, Sealed
from torg.connectors.archives.noark_rest.api import Api
from torg.connectors.archives.noark_rest.archive import NoarkArchive
from torg.connectors.archives.noark_rest.login import Credentials, Login
from torg.connectors.contract import CredentialsDead
from torg.connectors.services.fetch import Door, open_client
from torg.core import clock, sealing
from torg.records import archive_secrets
from torg.records.archive_secrets import ArchiveSecrets
from torg.records.codes import ArchiveWay
from torg.records.models import ArchiveCore

# Short enough that a core that has gone silent keeps the worker from others for a moment only.
_SECONDS = 15.0


def archive_of(core: ArchiveCore) -> Archive:
    """The connector for this core; raises CredentialsDead for keys that are none or cannot be opened."""
    make = import_string(settings.ARCHIVE_FACTORY)
    try:
        found: Archive = make(core, archive_secrets.unseal(core.secrets))
    except (ValueError, TypeError, KeyError, sealing.Unreadable) as error:
        raise CredentialsDead("The keys to the archive cannot be read.") from error
    return found


def make_archive(core: ArchiveCore, secrets: ArchiveSecrets) -> Archive:
    """The connector for the way that this core is reached."""
    if core.way == ArchiveWay.NOARK:
        return _noark(core, secrets)
    return FiksArchive(FolderDrop(folder_of(core.address), _packing(core, secrets)))


def folder_of(name: str) -> Path:
    """The folder with this name under the one that the operator has set; nobody on a page chooses another place."""
    return Path(settings.ARCHIVE_FOLDER) / (slugify(name) or "archive")


def _noark(core: ArchiveCore, secrets: ArchiveSecrets) -> NoarkArchive:
    host = urlsplit(core.address).hostname or ""
    door = Door(hosts=frozenset({host}), allow_loopback=settings.ARCHIVE_MAY_BE_LOOPBACK, max_seconds=_SECONDS)
    own = Credentials(secrets.username, secrets.password, secrets.client_id, secrets.client_secret)
    api = Api(core.address, open_client(door), Login(own), now=clock.now)
    return NoarkArchive(api, system=core.system, series=core.series)


def _packing(core: ArchiveCore, secrets: ArchiveSecrets) -> Packing:
    if core.way == ArchiveWay.SEALED:
        return _sealed(core, secrets)
    return Zip() if core.way == ArchiveWay.ZIP else Folder()


def _sealed(core: ArchiveCore, secrets: ArchiveSecrets) -> Sealed:
    key = load_pem_private_key(secrets.private_key.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the private key is not an RSA key")
    signer = Signer(x509.load_pem_x509_certificate(secrets.certificate.encode()), key)
    receiver = x509.load_pem_x509_certificate(secrets.receiver_certificate.encode())
    accounts = core.options
    return Sealed(Parties(UUID(accounts["sender_account"]), UUID(accounts["receiver_account"]), signer, receiver))
