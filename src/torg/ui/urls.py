"""Addresses of the shared parts."""

from django.urls import path

from torg.ui import views

app_name = "ui"
urlpatterns = [
    path("components/", views.components, name="components"),
    path("appearance/", views.choose_appearance, name="appearance"),
]
