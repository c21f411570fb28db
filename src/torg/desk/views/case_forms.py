"""The forms on a case's page: those of what can be done now, each with what one would choose most often."""

from typing import Any

from torg.desk.queries.case import CaseSheet
from torg.moderation import choices, forms
from torg.moderation.words import CaseState


def forms_for(shown: CaseSheet) -> dict[str, Any]:
    """The forms of what can be done now, each with what one would choose most often filled in."""
    case = shown.case
    version = {"seen_version": case.version}
    ground = {"ground": case.ground}
    passages = choices.numbered([each.passage for each in shown.marked], shown.in_force)
    # The passage on the case's own ground, so that the two that are chosen beforehand belong together.
    fitting = [each.passage for each in shown.marked if each.passage.ground == case.ground]
    first = {"passage": str(fitting[0].public_id) if fitting else passages[0][0]} if passages else {}
    # Each with ids of its own: several stand on one page.
    if case.state != CaseState.OPEN:
        return {
            "agreement": _agreement(shown),
            "return": forms.ReturnForm(auto_id="return_%s"),
            "hide": forms.HidingForm(initial=ground, auto_id="hide_%s"),
        }
    return {
        "hide": forms.HidingForm(initial=ground, auto_id="hide_%s"),
        "mark": _marking(shown),
        "propose": forms.ProposalForm(passages=passages, initial={**ground, **version, **first}, auto_id="propose_%s")
        if passages
        else None,
        "dismiss": forms.DismissalForm(initial=version, auto_id="dismiss_%s"),
        "subject": forms.SubjectForm(colleagues=choices.colleagues(), auto_id="subject_%s"),
    }


def _marking(shown: CaseSheet) -> forms.MarkForm:
    attached = choices.attachments(shown.attachments)
    # Where nothing was written, what came with it is all that there is to mark.
    first = {"attachment": attached[0][0]} if attached and not shown.case.item.text else {}
    initial = {"ground": shown.case.ground, **first}
    return forms.MarkForm(rules=choices.among(shown.in_force), attachments=attached, initial=initial, auto_id="mark_%s")


def _agreement(shown: CaseSheet) -> forms.AgreementForm:
    parts = shown.preview.parts if shown.preview and not shown.is_one_of_many else None
    if parts is None:
        seen = {"seen_wordings": shown.preview.seen if shown.preview else 0}
        return forms.AgreementForm(initial=seen, auto_id="agree_%s")
    return forms.EditedAgreementForm.filled(parts, auto_id="agree_%s")


def carrying_forms() -> dict[str, Any]:
    """The forms of what can go wrong on the way."""
    return {
        "found": forms.FoundForm(auto_id="found_%s"),
        "give_up": forms.ReasonForm(auto_id="give_up_%s"),
        "told": forms.ToldForm(auto_id="told_%s"),
    }
