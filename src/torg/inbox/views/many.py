"""What is done to many enquiries at once, and the lists around them."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.inbox import commands, forms, previews, queries
from torg.inbox.types import BulkAct, BulkLine
from torg.inbox.views import acting
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.registry.models import Presence
from torg.ui import respond


@requires(Permission.HANDLE)
@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """What the act would do to each, before anything is done."""
    at = clock.now()
    form = forms.BulkForm(request.POST)
    values = acting.values(form)
    lines = previews.of_act(BulkAct(values["act"]), values["chosen"], form.choice(), by=request.person, at=at)
    context = {
        "lines": lines,
        "act": BulkAct(values["act"]),
        "count": sum(not line.problem for line in lines),
        "consequence": previews.consequence(BulkAct(values["act"]), form.choice()),
        "form": form,
        "back": acting.back(request),
    }
    return respond.respond(request, "inbox/bulk.html", context, partial="preview")


@requires(Permission.HANDLE)
@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    """Do it."""
    at = clock.now()
    form = forms.BulkForm(request.POST)
    values = acting.values(form)
    lines = commands.act_on_many(
        act=BulkAct(values["act"]), seen=values["chosen"], choice=form.choice(), by=request.person, at=at
    )
    return respond.done(request, to=acting.back(request), toast=_summary(lines))


@requires(Permission.HANDLE)
@require_POST
def matters(request: StaffRequest) -> HttpResponse:
    """Link the chosen enquiries as one matter."""
    at = clock.now()
    values = acting.values(forms.MatterForm(request.POST))
    commands.link_matter(
        enquiry_ids=list(values["chosen"]),
        title=values["title"],
        matter_id=values["matter"],
        by=request.person,
        at=at,
    )
    return respond.done(request, to=acting.back(request), toast=_("They are linked as one matter."))


@requires(Permission.HANDLE)
@require_POST
def unlink(request: StaffRequest, matter_id: UUID, enquiry_id: UUID) -> HttpResponse:
    """Take an enquiry out of a matter."""
    at = clock.now()
    commands.unlink_matter(matter_id=matter_id, enquiry_id=enquiry_id, by=request.person, at=at)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("Taken out of the matter."))


@requires(Permission.HANDLE)
@require_POST
def hand_over(request: StaffRequest) -> HttpResponse:
    """Hand the day over."""
    at = clock.now()
    values = acting.values(forms.HandOverForm(request.POST))
    commands.hand_over(
        enquiry_ids=list(values["chosen"]),
        to_person=values["to_person"],
        to_unit=values["to_unit"],
        note=values["note"],
        by=request.person,
        at=at,
    )
    return respond.done(request, to=acting.back(request), toast=_("The day is handed over."))


@requires(Permission.READ)
@require_POST
def hand_over_read(request: StaffRequest, hand_over_id: UUID) -> HttpResponse:
    """Say that one has read what was handed over."""
    commands.read_hand_over(hand_over_id=hand_over_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("Noted as read."))


@requires(Permission.ANSWER)
@require_POST
def issues(request: StaffRequest) -> HttpResponse:
    """Register a known issue, and show which enquiries it matches."""
    at = clock.now()
    values = acting.values(forms.IssueForm(request.POST))
    presence = Presence.objects.visible_to(request.person, at=at).filter(public_id=values["presence"]).first()
    if presence is None:
        raise NotFound(_("There is no such page."))
    issue = commands.open_issue(
        scope_id=presence.scope_id,
        title=values["title"],
        words=values["words"].splitlines(),
        answer_text=values["answer_text"],
        by=request.person,
        at=at,
    )
    context = {"issue": issue, "lines": previews.of_issue(issue, by=request.person, at=at)}
    return respond.respond(request, "inbox/known_issue.html", context, partial="preview")


@requires(Permission.ANSWER)
@require_POST
def issue_answers(request: StaffRequest, issue_id: UUID) -> HttpResponse:
    """Answer the chosen with the known issue's answer."""
    at = clock.now()
    values = acting.values(forms.IssueAnswersForm(request.POST))
    lines = commands.answer_issue(
        issue_id=issue_id,
        seen=values["chosen"],
        confirmed=frozenset(values["confirmed"]),
        by=request.person,
        at=at,
    )
    return respond.done(request, to=acting.back(request), toast=_summary(lines))


@requires(Permission.ANSWER)
@require_POST
def issue_end(request: StaffRequest, issue_id: UUID) -> HttpResponse:
    """End a known issue."""
    commands.end_issue(issue_id=issue_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("The known issue has ended."))


@requires(Permission.READ)
@require_POST
def views(request: StaffRequest) -> HttpResponse:
    """Keep the present filters under a name."""
    at = clock.now()
    values = acting.values(forms.ViewForm(request.POST))
    filters = queries.Filters.read(request.POST.dict())
    commands.save_view(name=values["name"], filters=filters, by=request.person, at=at)
    return respond.done(request, to=acting.back(request), toast=_("The view is saved."))


@requires(Permission.READ)
@require_POST
def view_removal(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """Delete a view of one's own."""
    commands.delete_view(view_id=view_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("The view is deleted."))


def _summary(lines: list[BulkLine]) -> str:
    done = sum(line.is_possible for line in lines)
    left = len(lines) - done
    said = ngettext("%(count)d done.", "%(count)d done.", done) % {"count": done}
    if left:
        reasons = "; ".join(dict.fromkeys(line.text for line in lines if not line.is_possible))
        told = ngettext("%(count)d left out: %(why)s", "%(count)d left out: %(why)s", left)
        said = f"{said} {told % {'count': left, 'why': reasons}}"
    return said
