"""Addresses to which the forms about channels are sent."""

from django.urls import path

from torg.channels import views

app_name = "channels"

urlpatterns = [
    path("connect/<uuid:presence_id>/", views.connect, name="connect"),
    path("replay/", views.replay, name="replay"),
    path("<uuid:connection_id>/reconnect/", views.reconnect, name="reconnect"),
    path("<uuid:connection_id>/check/", views.check, name="check"),
    path("<uuid:connection_id>/history/", views.history, name="history"),
    path("<uuid:connection_id>/media/", views.media, name="media"),
    path("<uuid:connection_id>/closure/", views.closure, name="closure"),
]
