"""Every address of the pages; each room names its own."""

from django.urls import URLPattern, URLResolver, include, path

from torg.api.rest import api as rest
from torg.moderation.urls import links as complaint_links
from torg.moderation.urls import report_links

handler400 = "torg.ui.views.bad_request"
handler403 = "torg.ui.views.forbidden"
handler404 = "torg.ui.views.not_found"
handler500 = "torg.ui.views.failure"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("torg.desk.urls")),
    path("", include("torg.people.urls")),
    path("", include("torg.registry.urls")),
    path("channels/", include("torg.channels.urls")),
    path("inbox/", include("torg.inbox.urls")),
    path("media/", include("torg.media.urls")),
    path("records/", include("torg.records.urls")),
    path("openness/", include("torg.openness.urls")),
    path("moderation/", include("torg.moderation.urls")),
    path("publishing/", include("torg.publishing.urls")),
    path("guidance/", include("torg.guidance.urls")),
    path("oversight/", include("torg.oversight.urls")),
    path("meld/", include((report_links, "reports"))),
    path("klage/", include((complaint_links, "complaints"))),
    path("", include("torg.crisis.urls")),
    path("", include("torg.api.urls")),
    path("api/v1/", rest.urls),
    path("scim/v2/", include("torg.api.scim.urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("torg.ui.urls")),
    path("", include("torg.triage.urls")),
    path("", include("torg.site.urls")),
]
