"""Jobs of the public journal and of access requests."""

from uuid import UUID

from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.openness import commands, receipts
from torg.openness.models import AccessRequest

PROPOSER = Rule("openness.proposer", "1")
AT_ONCE = 200


@jobs.periodic("openness.propose", cron="10 4 * * *")
def propose(timestamp: int) -> None:
    """Every night, propose the entries of the days that are over, and let names that are a year old go."""
    at = clock.now()
    commands.age_names(by=PROPOSER, at=at)
    while commands.propose_days(limit=AT_ONCE, by=PROPOSER, at=at) == AT_ONCE:
        continue


@jobs.periodic("openness.follow_changes", cron="* * * * *")
def follow_changes(timestamp: int) -> None:
    """Every minute, take away what was restricted or corrected since it was reviewed."""
    commands.follow_changes(by=PROPOSER, at=clock.now())


@jobs.task("openness.tell_requester")
def tell_requester(request_id: str) -> None:
    """Write to whoever asked, with the link behind which everything stands."""
    receipts.write_to(AccessRequest.objects.select_related("entry__case_file").get(public_id=UUID(request_id)))
