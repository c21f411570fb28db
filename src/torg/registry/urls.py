"""Addresses of the pages on what we run."""

from django.urls import path

from torg.registry import views

app_name = "registry"

urlpatterns = [
    path("presences/", views.index, name="index"),
    path("presences/new/", views.new, name="new"),
    path("presences/<uuid:presence_id>/", views.presence, name="presence"),
    path("presences/<uuid:presence_id>/closure/", views.closure, name="closure"),
    path("presences/<uuid:presence_id>/administrators/", views.administrators, name="administrators"),
    path(
        "presences/<uuid:presence_id>/administrators/<uuid:person_id>/end/",
        views.end_administration,
        name="end-administration",
    ),
]
