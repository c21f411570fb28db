"""Addresses of the staff's screens."""

from django.urls import path

from torg.desk.views import (
    by_hand,
    channels,
    digest,
    lists,
    log,
    moderation,
    outbox,
    queue,
    strategy,
    threads,
    today,
)

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("queue/", queue.queue, name="queue"),
    path("threads/<uuid:thread_id>/", threads.thread, name="thread"),
    path("threads/<uuid:thread_id>/log/", threads.log, name="thread-log"),
    path("attachments/<uuid:attachment_id>/", threads.attachment, name="attachment"),
    path("enquiries/<uuid:enquiry_id>/", threads.enquiry, name="enquiry"),
    path("approvals/", lists.approvals, name="approvals"),
    path("promises/", lists.promises, name="promises"),
    path("forwarded/", lists.forwarded, name="forwarded"),
    path("hand-over/", lists.hand_over, name="hand-over"),
    path("known-issues/", lists.issues, name="issues"),
    path("known-issues/<uuid:issue_id>/", lists.issue, name="issue"),
    path("moderation/", moderation.queue, name="moderation"),
    path("moderation/many/", moderation.many, name="moderation-many"),
    path("moderation/sanctions/", moderation.sanctions, name="sanctions"),
    path("moderation/cases/<uuid:case_id>/", moderation.case, name="case"),
    path("log/", log.log, name="log"),
    path("week/", digest.digest, name="digest"),
    path("strategy/", strategy.strategy, name="strategy"),
    path("channels/", channels.index, name="channels"),
    path("channels/<uuid:connection_id>/", channels.channel, name="channel"),
    path("by-hand/<uuid:presence_id>/", by_hand.by_hand, name="by-hand"),
    path("outbox/", outbox.index, name="outbox"),
    path("outbox/<uuid:act_id>/retry/", outbox.retry, name="retry"),
    path("outbox/<uuid:act_id>/finding/", outbox.settle, name="settle"),
    path("outbox/<uuid:act_id>/withdrawal/", outbox.withdraw, name="withdraw"),
]
