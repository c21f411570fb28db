"""Addresses of the pages on what we run."""

from django.urls import path

from torg.registry.views import applications, care, endings, goals, presences

app_name = "registry"
ONE = "presences/<uuid:presence_id>/"
APPLICATION = "applications/<uuid:application_id>/"

urlpatterns = [
    path("presences/", presences.index, name="index"),
    path("presences/new/", presences.new, name="new"),
    path(ONE, presences.presence, name="presence"),
    path(f"{ONE}description/", presences.description, name="description"),
    path(f"{ONE}details/", presences.details, name="details"),
    path(f"{ONE}goals/", goals.goals, name="goals"),
    path("goals/", goals.all_goals, name="all-goals"),
    path("goals/<uuid:goal_id>/measurements/", goals.measurements, name="measurements"),
    path("goals/<uuid:goal_id>/end/", goals.end, name="end-goal"),
    path(f"{ONE}access/", care.access, name="access"),
    path(f"{ONE}administrators/", care.administrators, name="administrators"),
    path(f"{ONE}administrators/<uuid:person_id>/end/", care.end_administration, name="end-administration"),
    path(f"{ONE}custody/", care.custody, name="custody"),
    path(f"{ONE}care/", care.care, name="care"),
    path(f"{ONE}profile/", care.profile, name="profile"),
    path(f"{ONE}privacy/", care.privacy, name="privacy"),
    path(f"{ONE}review/", care.review, name="review"),
    path(f"{ONE}terms/", care.terms, name="terms"),
    path(f"{ONE}history/", endings.history, name="history"),
    path(f"{ONE}exports/", endings.exports, name="exports"),
    path("presence-exports/<uuid:presence_export_id>/file/", endings.export_file, name="export-file"),
    path(f"{ONE}closure/", endings.closure, name="closure"),
    path(f"{ONE}merger/", endings.merger, name="merger"),
    path(f"{ONE}successions/", endings.successions, name="successions"),
    path("applications/", applications.applications, name="applications"),
    path("applications/new/", applications.apply, name="apply"),
    path(APPLICATION, applications.application, name="application"),
    path(f"{APPLICATION}approval/", applications.approval, name="approval"),
    path(f"{APPLICATION}refusal/", applications.refusal, name="refusal"),
    path(f"{APPLICATION}withdrawal/", applications.withdrawal, name="withdrawal"),
]
