"""Addresses to which the inbox's forms are sent; its pages stand at the desk."""

from django.urls import path

from torg.inbox.views import answers, handling, many

app_name = "inbox"

urlpatterns = [
    path("enquiries/<uuid:enquiry_id>/answers/", answers.answer, name="answers"),
    path("enquiries/<uuid:enquiry_id>/checks/", answers.check, name="checks"),
    path("enquiries/<uuid:enquiry_id>/offline-answers/", answers.offline, name="offline-answers"),
    path("enquiries/<uuid:enquiry_id>/drafts/", answers.draft, name="drafts"),
    path("enquiries/<uuid:enquiry_id>/drafts/removal/", answers.discard_draft, name="draft-removal"),
    path("answers/<uuid:answer_id>/approval/", answers.approve, name="approval"),
    path("answers/<uuid:answer_id>/rejection/", answers.reject, name="rejection"),
    path("answers/<uuid:answer_id>/withdrawal/", answers.withdraw, name="withdrawal"),
    path("answers/<uuid:answer_id>/retry/", answers.retry, name="retry"),
    path("answers/<uuid:answer_id>/settlement/", answers.settlement, name="settlement"),
    path("enquiries/<uuid:enquiry_id>/assignment/", handling.assignment, name="assignment"),
    path("enquiries/<uuid:enquiry_id>/labels/", handling.labels, name="labels"),
    path("enquiries/<uuid:enquiry_id>/notes/", handling.notes, name="notes"),
    path("enquiries/<uuid:enquiry_id>/snooze/", handling.snooze, name="snooze"),
    path("enquiries/<uuid:enquiry_id>/closure/", handling.closure, name="closure"),
    path("enquiries/<uuid:enquiry_id>/reopening/", handling.reopening, name="reopening"),
    path("enquiries/<uuid:enquiry_id>/question/", handling.question, name="question"),
    path("enquiries/<uuid:enquiry_id>/move/", handling.move, name="move"),
    path("enquiries/<uuid:enquiry_id>/merge/", handling.merge, name="merge"),
    path("enquiries/<uuid:enquiry_id>/promises/", handling.promises, name="promises"),
    path("promises/<uuid:promise_id>/state/", handling.promise_state, name="promise-state"),
    path("enquiries/<uuid:enquiry_id>/forwardings/", handling.forwardings, name="forwardings"),
    path("forwardings/<uuid:forwarding_id>/reply/", handling.forwarding_reply, name="forwarding-reply"),
    path("enquiries/<uuid:enquiry_id>/referral/", handling.referral, name="referral"),
    path("enquiries/<uuid:enquiry_id>/attendance/", handling.attending, name="attendance"),
    path("alarms/<uuid:alarm_id>/acknowledgement/", handling.alarm, name="alarm"),
    path("bulk/preview/", many.preview, name="bulk-preview"),
    path("bulk/", many.bulk, name="bulk"),
    path("matters/", many.matters, name="matters"),
    path("matters/<uuid:matter_id>/<uuid:enquiry_id>/removal/", many.unlink, name="matter-removal"),
    path("hand-overs/", many.hand_over, name="hand-overs"),
    path("hand-overs/<uuid:hand_over_id>/reading/", many.hand_over_read, name="hand-over-reading"),
    path("known-issues/", many.issues, name="known-issues"),
    path("known-issues/<uuid:issue_id>/answers/", many.issue_answers, name="known-issue-answers"),
    path("known-issues/<uuid:issue_id>/end/", many.issue_end, name="known-issue-end"),
    path("views/", many.views, name="views"),
    path("views/<uuid:view_id>/removal/", many.view_removal, name="view-removal"),
]
