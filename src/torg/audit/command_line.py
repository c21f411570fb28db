"""`torg audit`: verify the log, seal it, export a checkpoint, have it time-stamped, show the public key."""

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from torg.audit import keys, sealing, stamping, verifying
from torg.audit.models import Checkpoint
from torg.audit.notes import NoteProblem, PublicKey
from torg.audit.verdicts import Break
from torg.core import clock


def main(arguments: list[str]) -> int:
    """Run one of the words; returns the exit status, 1 when the log is not whole."""
    given = _parser().parse_args(arguments)
    words = {"verify": _verify, "seal": _seal, "export": _export, "stamp": _stamp, "key": _key}
    return words[given.word](given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg audit", description="The append-only log.")
    words = parser.add_subparsers(dest="word", required=True)
    verify = words.add_parser("verify", help="prove that the whole log is as it was written")
    verify.add_argument("--checkpoint", type=Path, metavar="FILE", help="an exported checkpoint, kept elsewhere")
    verify.add_argument("--key", action="append", metavar="KEY", help="believe this public key only (may be repeated)")
    words.add_parser("seal", help="seal what has been written since last time")
    export = words.add_parser("export", help="write the newest checkpoint, to be kept elsewhere")
    export.add_argument("file", type=Path, nargs="?", help="where to; shown when left out")
    words.add_parser("stamp", help="have the newest checkpoint time-stamped by the authority in the settings")
    words.add_parser("key", help="show the public key that checkpoints are signed with")
    return parser


def _verify(given: argparse.Namespace) -> int:
    try:
        trusted = [PublicKey.parse(key) for key in given.key] if given.key else None
        kept_note = given.checkpoint.read_text() if given.checkpoint else None
    except (NoteProblem, OSError) as problem:
        return _fail(str(problem))
    verdict = verifying.verify(kept_note=kept_note, trusted=trusted)
    if verdict.first_break is not None:
        return _fail(_("The log is NOT whole: %(what)s.") % {"what": _what(verdict.first_break)})
    told = _("The log is whole: %(rows)d rows, %(checkpoints)d checkpoints, %(stamps)d time stamps.")
    _say(told % {"rows": verdict.rows, "checkpoints": verdict.checkpoints, "stamps": verdict.stamps})
    _say(_("Not yet sealed: %(count)d.") % {"count": verdict.waiting})
    return 0


def _what(found: Break) -> str:
    parts = [str(found.kind.label)]
    if found.position is not None:
        parts.append(_("place %(position)d") % {"position": found.position})
    if found.event_id is not None:
        parts.append(_("id %(id)s") % {"id": found.event_id})
    return ", ".join(parts)


def _seal(given: argparse.Namespace) -> int:
    _say(_("Sealed: %(count)d.") % {"count": sealing.seal(at=clock.now())})
    return 0


def _export(given: argparse.Namespace) -> int:
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return _fail(_("Nothing has been sealed yet. Run: torg audit seal"))
    if given.file is None:
        sys.stdout.write(newest.note)
    else:
        given.file.write_text(newest.note)
    return 0


def _stamp(given: argparse.Namespace) -> int:
    stamped = stamping.stamp_newest(at=clock.now())
    if stamped is None:
        return _fail(_("Nothing was time-stamped: no authority is named, it did not answer, or it was done lately."))
    _say(_("Time-stamped up to %(size)d.") % {"size": stamped.size})
    return 0


def _key(given: argparse.Namespace) -> int:
    _say(str(keys.signer().public))
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _fail(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1
