"""What staff in the demonstration do about texts that break a rule: hide, propose, agree, send back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from torg.config.demo import town as cast
from torg.config.demo.standin import StandIn
from torg.config.demo.town import Part, Town
from torg.dialogue.models import Item
from torg.moderation import commands
from torg.moderation.complaining import Verdict
from torg.moderation.models import Case, Outcome, Proposal
from torg.moderation.reporting import Told
from torg.moderation.words import Dismissal, Ground, Measure, ProposalState, Step, Suggestion
from torg.outbox import sending
from torg.triage import commands as triage
from torg.triage.models import ListKind

SOON = timedelta(minutes=1)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Suspected:
    """A case in the town, at the moment when somebody does something about it."""

    town: Town
    stand_in: StandIn
    case: Case
    at: datetime


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows for an author, and for how long."""

    step: Step | None = None
    lasts: timedelta | None = None


NONE = Follows()
Act = Callable[[Suspected], object]


def find_cases(*, at: datetime) -> None:
    """Let the software point out what has been read so far."""
    while commands.open_from_findings(limit=AT_ONCE, at=at):
        continue


def list_hosts(town: Town, *, at: datetime) -> None:
    """The officer has put some hosts on the lists."""
    by = town.people[cast.OFFICER]
    for host, kind, reason in HOSTS:
        triage.list_host(host=host, kind=kind, reason=reason, by=by, at=at)


def hear_from_citizens(*, at: datetime) -> None:
    """Citizens have reported something by the form; what leads to no one comment waits for a colleague."""
    for hours, told in TIPS:
        commands.receive_report(told=told, by=commands.VISITOR, at=at - timedelta(hours=hours))


def case_about(item: Item) -> Case | None:
    """The case that the item is in."""
    return Case.objects.filter(item=item).order_by("-pk").first()


def hide(part: Part, ground: Ground, reason: str) -> Act:
    """Somebody hides it for now."""

    def act(suspected: Suspected) -> None:
        by = suspected.town.people[part]
        commands.hide_for_now(case_id=suspected.case.public_id, ground=ground, reason=reason, by=by, at=suspected.at)
        carry_out(suspected)

    return act


def propose(
    part: Part, ground: Ground, measure: Measure, reason: str, considered: Sequence[Measure], *, follows: Follows = NONE
) -> Act:
    """Somebody proposes, on the first passage that was found; `follows` is what it means for the author."""

    def act(suspected: Suspected) -> None:
        passage = suspected.case.passages.order_by("start").first()
        if passage is None:
            return
        suggestion = Suggestion(
            ground=ground,
            measure=measure,
            reason=reason,
            considered=considered,
            is_impartial=True,
            sanction=follows.step,
            ends_on=suspected.at.date() + follows.lasts if follows.lasts else None,
        )
        commands.propose(
            case_id=suspected.case.public_id,
            suggestion=suggestion,
            passage_id=passage.public_id,
            by=suspected.town.people[part],
            at=suspected.at,
        )

    return act


def agree(part: Part) -> Act:
    """A second person agrees; the notice goes, then the act."""

    def act(suspected: Suspected) -> None:
        by = suspected.town.people[part]
        waiting = _waiting(suspected.case)
        commands.agree(proposal_id=waiting.public_id, is_impartial=True, by=by, at=suspected.at)
        for _step in range(2):
            carry_out(suspected)
        commands.close_finished(at=suspected.at + SOON)

    return act


def send_back(part: Part, reason: str) -> Act:
    """A second person disagrees."""
    return lambda suspected: commands.return_proposal(
        proposal_id=_waiting(suspected.case).public_id,
        reason=reason,
        is_impartial=True,
        by=suspected.town.people[part],
        at=suspected.at,
    )


def dismiss(part: Part, because: Dismissal, note: str) -> Act:
    """Somebody lets the text stand."""
    return lambda suspected: commands.dismiss(
        case_id=suspected.case.public_id, because=because, note=note, by=suspected.town.people[part], at=suspected.at
    )


def complain(part: Part, text: str) -> Act:
    """Somebody writes in a complaint that came by letter."""
    return lambda suspected: commands.enter_complaint(
        decision_id=suspected.case.decision.public_id,
        text=text,
        email="",
        by=suspected.town.people[part],
        at=suspected.at,
    )


def judge(part: Part, verdict: Verdict) -> Act:
    """Somebody who took no part decides the complaint."""
    return lambda suspected: commands.decide_complaint(
        complaint_id=suspected.case.decision.complaint.public_id,
        verdict=verdict,
        by=suspected.town.people[part],
        at=suspected.at,
    )


def carry_out(suspected: Suspected) -> None:
    """What the worker does at a tick."""
    at = suspected.at + SOON
    with suspected.stand_in.clock_at(at):
        sending.send_due(at=at)
        sending.tell_owners(at=at)


def _waiting(case: Case) -> Proposal:
    return Proposal.objects.get(targets__case=case, state=ProposalState.WAITING)


HOSTS = (
    ("ropert.example", ListKind.BLOCKED, "Hets mot ansatte i flere kommuner, meldt av naboene."),
    ("svindelbutikken.example", ListKind.BLOCKED, "Falsk nettbutikk."),
    ("eksempelavisen.example", ListKind.TRUSTED, ""),
    ("kortkort.example", ListKind.SHORTENER, ""),
)
TIPS = (
    (
        26,
        Told(
            link="https://www.facebook.com/eksempelvik/posts/pfbid02eksempelvikbudsjettet",
            ground=Ground.HARASSMENT,
            text="Under innlegget om budsjettet blir de som jobber hos dere, kalt stygge ting.",
        ),
    ),
    (3, Told(link="", ground=Ground.CHILD, text="Noen har lagt ut bilder av barn under et innlegg om barnehagen.")),
)
BAD_BATHS = "Kaller badevaktene idioter."
BAD_AGAIN = "Kaller en annen som kommenterer, en idiot. Han er advart før."
REMAINS = "Fødselsnummeret kan ikke stå åpent, uansett hvem som skrev det. Hjemmetjenesten har ringt deg om timene."
PRIVATE = "Fødselsnummeret til en pasient står åpent."
THREAT = "Sier at han vet hvor en ansatt bor, og at han kommer."
# Who wrote it, a word in it, how many hours later, and what was done.
SCENES: tuple[tuple[str, str, float, Act], ...] = (
    ("Harald Husketosk", "Fødselsnummeret", 0.2, hide(cast.ADMINISTRATOR, Ground.IDENTITY_NUMBER, PRIVATE)),
    (
        "Harald Husketosk",
        "Fødselsnummeret",
        0.5,
        propose(cast.ADMINISTRATOR, Ground.IDENTITY_NUMBER, Measure.DELETE, PRIVATE, (Measure.REPHRASE, Measure.HIDE)),
    ),
    ("Harald Husketosk", "Fødselsnummeret", 1.0, agree(cast.DEPUTY)),
    (
        "Harald Husketosk",
        "Fødselsnummeret",
        1.5,
        complain(cast.OFFICER, "Jeg ville bare ha hjelp til mor. Hvorfor sletter dere det?"),
    ),
    ("Harald Husketosk", "Fødselsnummeret", 3.0, judge(cast.LEADER, Verdict(Outcome.REJECTED, REMAINS, True))),
    (
        "Trygve Tullball",
        "badevaktene",
        1.0,
        propose(
            cast.ADMINISTRATOR,
            Ground.PERSONAL_ATTACK,
            Measure.HIDE,
            BAD_BATHS,
            (Measure.ANSWER, Measure.REPHRASE),
            follows=Follows(Step.WARNING),
        ),
    ),
    ("Trygve Tullball", "badevaktene", 2.0, agree(cast.OFFICER)),
    (
        "Trygve Tullball",
        "Gudmund",
        1.0,
        propose(
            cast.ADMINISTRATOR,
            Ground.PERSONAL_ATTACK,
            Measure.DELETE,
            BAD_AGAIN,
            (Measure.REPHRASE, Measure.HIDE),
            follows=Follows(Step.TEMPORARY_BAN, timedelta(days=14)),
        ),
    ),
    ("Trygve Tullball", "Gudmund", 2.0, agree(cast.DEPUTY)),
    (
        "Trygve Tullball",
        "Gudmund",
        20.0,
        complain(cast.OFFICER, "Det var Gudmund som begynte. Slipp meg inn igjen, og les hele tråden."),
    ),
    (
        "Solveig Svadaheim",
        "Faen",
        1.0,
        dismiss(cast.ADMINISTRATOR, Dismissal.CRITICISM, "Sint på brøytingen, ikke på noen person."),
    ),
    ("Roy Truselia", "passe seg", 0.3, hide(cast.ADMINISTRATOR, Ground.THREAT, THREAT)),
    (
        "Roy Truselia",
        "passe seg",
        0.6,
        propose(cast.ADMINISTRATOR, Ground.THREAT, Measure.DELETE, THREAT, (Measure.ANSWER, Measure.HIDE)),
    ),
    (
        "Aslak Rørmyr",
        "udugelege",
        1.0,
        propose(
            cast.CASE_OFFICER,
            Ground.PERSONAL_ATTACK,
            Measure.DELETE,
            "Kaller de ansatte idioter.",
            (Measure.NOTHING, Measure.HIDE),
        ),
    ),
    (
        "Aslak Rørmyr",
        "udugelege",
        1.5,
        send_back(cast.OFFICER, "Krast, men mest kritikk av stellet. Prøv å svare ham først, og minn om regel 2."),
    ),
)
