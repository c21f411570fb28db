"""Addresses of triage's own acts and of its lists; what shows findings are the desk's pages."""

from django.urls import path

from torg.triage.views import hosts, opening

app_name = "triage"

urlpatterns = [
    path("triage/items/<uuid:item_id>/opening/", opening.opening, name="opening"),
    path("triage/hosts/", hosts.index, name="hosts"),
    path("triage/hosts/listing/", hosts.listing, name="host-listing"),
    path("triage/hosts/<uuid:listed_id>/ending/", hosts.ending, name="host-ending"),
    path("triage/hosts/files/", hosts.reading, name="host-reading"),
    path("triage/hosts/files/<uuid:host_file_id>/", hosts.host_file, name="host-file"),
    path("triage/hosts/files/<uuid:host_file_id>/taking-over/", hosts.taking_over, name="host-taking-over"),
    path("triage/hosts/files/<uuid:host_file_id>/dropping/", hosts.dropping, name="host-dropping"),
]
