"""Addresses of moderation: the rulebook, and where its forms are sent; the queue and its cases stand at the desk."""

from django.urls import path

from torg.moderation.views import rules

app_name = "moderation"

urlpatterns = [
    path("rules/", rules.index, name="rules"),
    path("rules/adoption/", rules.adoption, name="rules-adoption"),
    path("rules/new/", rules.new, name="rule-new"),
    path("rules/<uuid:rule_id>/", rules.rule, name="rule"),
    path("rules/<uuid:rule_id>/comparison/", rules.compared, name="rule-comparison"),
    path("rules/<uuid:rule_id>/versions/", rules.begin, name="rule-versions"),
    path("rules/<uuid:rule_id>/draft/", rules.draft, name="rule-draft"),
    path("rules/<uuid:rule_id>/draft/removal/", rules.draft_removal, name="rule-draft-removal"),
    path("rules/<uuid:rule_id>/publication/", rules.publication, name="rule-publication"),
    path("rules/<uuid:rule_id>/withdrawal/", rules.withdrawal, name="rule-withdrawal"),
]
