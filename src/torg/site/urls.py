"""Addresses of the public site that Django itself answers."""

from django.urls import path

from torg.site.views import journal, requests, skeleton

app_name = "site"
urlpatterns = [
    path("site/publication/", skeleton.publish, name="publication"),
    path("site/openness/", skeleton.publish_year, name="openness"),
    path("theme.css", skeleton.theme, name="theme"),
    path("arms.svg", skeleton.arms, name="arms"),
    # Short and Norwegian: these stand in letters and menus.
    path("postliste/sok/", journal.search, name="journal-search"),
    path("postliste/oppforing/<uuid:public_entry_id>/", journal.entry, name="journal-entry"),
    path("innsyn/be-om/<uuid:public_entry_id>/", requests.ask, name="ask"),
    path("innsyn/krav/<str:secret>/", requests.request_page, name="request"),
    path("innsyn/krav/<str:secret>/klage/", requests.complaint, name="request-complaint"),
    path("innsyn/krav/<str:secret>/tilbake/", requests.withdrawal, name="request-withdrawal"),
    path("innsyn/krav/<str:secret>/fil/<uuid:handed_out_id>/", requests.file, name="request-file"),
]
