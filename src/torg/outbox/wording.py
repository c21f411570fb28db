"""How an act's state is told to people."""

from django.utils.translation import gettext as _

from torg.connectors.contract import NextStep
from torg.outbox import outcomes
from torg.outbox.models import ActState, OutboxAct

# Names of pictures in the icon set; the word beside them carries the meaning.
ICONS = {
    ActState.PLANNED: "clock",
    ActState.SENDING: "send",
    ActState.CONFIRMED: "check",
    ActState.UNCONFIRMED: "question",
    ActState.REFUSED: "stop",
    ActState.FAILED: "warning",
    ActState.WITHDRAWN: "undo",
}


def sentence(act: OutboxAct) -> str:
    """What has happened and what follows, in one or two short sentences."""
    match ActState(act.state):
        case ActState.PLANNED:
            told = _planned(act)
        case ActState.SENDING:
            told = _("We are sending it to %(place)s now.")
        case ActState.CONFIRMED:
            told = _("%(place)s has confirmed it.")
        case ActState.UNCONFIRMED:
            told = _unconfirmed(act)
        case ActState.REFUSED:
            told = _refused(act)
        case ActState.FAILED:
            told = _failed(act)
        case ActState.WITHDRAWN:
            told = _("It was not sent.")
    whole = told % {"place": act.place or _("the receiver"), "reason": act.error_reason}
    return whole[:1].upper() + whole[1:]


def _planned(act: OutboxAct) -> str:
    if act.attempts == 0:
        return _("It will be sent to %(place)s.")
    if act.error_class in {"RateLimited", "QuotaSpent"}:
        return _("%(place)s asks us to wait. We will try again.")
    return _("%(place)s has problems. We will try again.")


def _unconfirmed(act: OutboxAct) -> str:
    if act.next_step == NextStep.RECONNECT:
        return _("We do not know whether it was sent, and have lost access to %(place)s. Connect again.")
    if act.next_attempt_at is None:
        return _("We cannot tell whether it was sent. Look on %(place)s, and say what you find.")
    return _("%(place)s did not answer. We look before we send again.")


def _refused(act: OutboxAct) -> str:
    if act.error_class == "WindowClosed":
        return _("The time in which we may write here has passed. Choose another way.")
    if act.error_class == "Gone":
        return _("What this was about is no longer on %(place)s.")
    return _("%(place)s said no: %(reason)s")


def _failed(act: OutboxAct) -> str:
    if act.next_step == NextStep.RECONNECT:
        return _("We have lost access to %(place)s. Connect again, and then try again.")
    if act.error_class == outcomes.PREREQUISITE:
        return _("It was not sent, because what should go first did not succeed.")
    if act.error_class == outcomes.NOT_THERE:
        return _("It was not sent. You can send it again.")
    if act.error_class == outcomes.BUG:
        return _("Something went wrong with us. Whoever runs the system can find it in the log.")
    return _("%(place)s did not work for a long time. You can try again.")
