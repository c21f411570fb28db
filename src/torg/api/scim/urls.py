"""Addresses of SCIM; without a slash at the end, as the standard has them."""

from django.urls import path

from torg.api.scim import views

app_name = "scim"

urlpatterns = [
    path("ServiceProviderConfig", views.configuration, name="configuration"),
    path("ResourceTypes", views.resource_types, name="resource-types"),
    path("ResourceTypes/<str:name>", views.resource_types, name="resource-type"),
    path("Schemas", views.schemas, name="schemas"),
    path("Schemas/<str:name>", views.schemas, name="schema"),
    path("Users", views.users, name="users"),
    path("Users/<str:user_id>", views.user, name="user"),
]
