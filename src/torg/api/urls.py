"""Addresses of the API and of the pages about it."""

from django.urls import path

from torg.api import views

app_name = "api"

urlpatterns = [
    path("integrations/", views.index, name="index"),
    path("integrations/reference/", views.reference, name="reference"),
    path("integrations/<uuid:integration_id>/revocation/", views.revoke, name="revoke"),
]
