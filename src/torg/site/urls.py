"""Addresses of the public site that Django itself answers."""

from django.urls import path

from torg.site import views

app_name = "site"
urlpatterns = [
    path("site/publication/", views.publish, name="publication"),
    path("site/openness/", views.publish_year, name="openness"),
    path("theme.css", views.theme, name="theme"),
    path("arms.svg", views.arms, name="arms"),
]
