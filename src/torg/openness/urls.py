"""Addresses of the public journal's review and of access requests, for staff."""

from django.urls import path

from torg.openness.views import publication, requests, settings

app_name = "openness"
urlpatterns = [
    path("publication/", publication.index, name="publication"),
    path("publication/day/", publication.day, name="publication-day"),
    path("publication/<uuid:public_entry_id>/", publication.entry, name="public-entry"),
    path("publication/<uuid:public_entry_id>/keeping-out/", publication.keeping_out, name="keeping-out"),
    path("publication/<uuid:public_entry_id>/withdrawal/", publication.withdrawal, name="withdrawal"),
    path("publication/<uuid:public_entry_id>/review/", publication.again, name="review-again"),
    path("settings/", settings.index, name="settings"),
    path("requests/", requests.index, name="requests"),
    path("requests/new/", requests.new, name="request-new"),
    path("requests/statistics/", requests.statistics, name="statistics"),
    path("requests/<uuid:request_id>/", requests.request_page, name="request"),
    path("requests/<uuid:request_id>/complaint/", requests.complaint, name="request-complaint"),
    path("requests/<uuid:request_id>/forwarding/", requests.forwarding, name="request-forwarding"),
    path("requests/<uuid:request_id>/closing/", requests.closing, name="request-closing"),
    path("requests/<uuid:request_id>/withdrawal/", requests.withdrawal, name="request-withdrawal"),
]
