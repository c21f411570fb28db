"""Addresses of the pages of oversight."""

from django.urls import path

from torg.oversight.views import access, duties, groups, rounds

app_name = "oversight"

urlpatterns = [
    path("duties/", duties.index, name="index"),
    path("duties/breaches/", duties.breaches, name="breaches"),
    path("duties/rules/", duties.rules, name="rules"),
    path("duties/rules/adoption/", duties.adopt, name="adopt"),
    path("duties/rules/<uuid:rule_id>/end/", duties.end_rule, name="end-rule"),
    path("pages/<uuid:presence_id>/", duties.page, name="page"),
    path("pages/<uuid:presence_id>/explanations/", duties.explain, name="explain"),
    path("pages/<uuid:presence_id>/look/", rounds.look, name="look"),
    path("pages/<uuid:presence_id>/rounds/", rounds.start, name="start-round"),
    path("pages/<uuid:presence_id>/members/", groups.members, name="members"),
    path("pages/<uuid:presence_id>/reviews/", groups.review, name="review"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/<uuid:round_id>/", rounds.one, name="round"),
    path("members/<uuid:member_id>/end/", groups.end_membership, name="end-membership"),
    path("groups/", groups.index, name="groups"),
    path("groups/export/", groups.export, name="export-groups"),
    path("access/", access.index, name="access"),
    path("access/tasks/<uuid:task_id>/", access.tick, name="tick"),
    path("access/platform/<uuid:platform_access_id>/", access.recognise, name="recognise"),
    path("emergencies/", access.emergencies, name="emergencies"),
    path("emergencies/<uuid:access_id>/agreement/", access.grant, name="grant"),
    path("emergencies/<uuid:access_id>/refusal/", access.refuse, name="refuse"),
    path("emergencies/<uuid:access_id>/end/", access.end, name="end-emergency"),
]
