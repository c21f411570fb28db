"""Addresses of triage's own acts; the pages are the desk's."""

from django.urls import path

from torg.triage import views

app_name = "triage"

urlpatterns = [
    path("triage/items/<uuid:item_id>/opening/", views.opening, name="opening"),
]
