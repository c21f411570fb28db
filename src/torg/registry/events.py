"""What happens to the pages, groups and profiles we run."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

PRESENCE_OPENED = Event("registry.presence.opened", _("Registered a page, group or profile"))
PRESENCE_CHANGED = Event("registry.presence.changed", _("Changed what is registered on a page, group or profile"))
PRESENCE_CLOSED = Event("registry.presence.closed", _("Closed a page, group or profile"))
PRESENCE_MERGED = Event("registry.presence.merged", _("Merged a page, group or profile into another"))
PRESENCE_SUCCEEDED = Event("registry.presence.succeeded", _("Recorded what a page, group or profile goes on as"))
ADMINISTRATOR_ADDED = Event("registry.administrator.added", _("Recorded an administrator on the platform"))
ADMINISTRATOR_ENDED = Event("registry.administrator.ended", _("Recorded that an administrator's access has ended"))
DETAILS_CHANGED = Event("registry.details.changed", _("Changed who owns a page and whom it is for"))
GOAL_SET = Event("registry.goal.set", _("Set a goal for a page"))
GOAL_ENDED = Event("registry.goal.ended", _("Ended a goal of a page"))
GOAL_MEASURED = Event("registry.goal.measured", _("Recorded a measured value for a goal"))
TOLD = Event("registry.presence.told", _("Noted what the platform tells of a page"))
ACCESS_TOLD = Event("registry.access.told", _("Noted who the platform says has access to a page"))
ACCESS_RECOGNISED = Event("registry.access.recognised", _("Said who somebody with access on the platform is"))
CUSTODY_RECORDED = Event("registry.custody.recorded", _("Recorded how a log-in is kept"))
PROFILE_CHECKED = Event("registry.profile.checked", _("Checked the profile of a page"))
PRIVACY_ASSESSED = Event("registry.privacy.assessed", _("Assessed privacy on a page"))
TERMS_SET = Event("registry.terms.set", _("Set the terms of a group"))
REVIEWED = Event("registry.presence.reviewed", _("Reviewed whether a page is still of use"))
APPLICATION_SENT = Event("registry.application.sent", _("Applied to open a page"))
APPLICATION_APPROVED = Event("registry.application.approved", _("Approved an application to open a page"))
APPLICATION_REFUSED = Event("registry.application.refused", _("Refused an application to open a page"))
APPLICATION_WITHDRAWN = Event("registry.application.withdrawn", _("Withdrew an application to open a page"))
EXPORT_ORDERED = Event("registry.export.ordered", _("Ordered an export of a page"))
EXPORT_MADE = Event("registry.export.made", _("Made an export of a page"))
EXPORT_FAILED = Event("registry.export.failed", _("Could not make an export of a page"))
EXPORT_FETCHED = Event("registry.export.fetched", _("Fetched an export of a page"))
EXPORT_ERASED = Event("registry.export.erased", _("Erased an export of a page that had expired"))
