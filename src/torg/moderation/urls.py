"""Addresses of moderation: the rulebook, and where its forms are sent; the queue and its cases stand at the desk."""

from django.urls import path

from torg.moderation.views import complaints, rules

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
    path("complaints/", complaints.index, name="complaints"),
    path("complaints/<uuid:complaint_id>/", complaints.complaint, name="complaint"),
    path("complaints/<uuid:complaint_id>/messages/", complaints.message, name="complaint-messages"),
    path("complaints/<uuid:complaint_id>/assignment/", complaints.assignment, name="complaint-assignment"),
    path("complaints/<uuid:complaint_id>/verdict/", complaints.verdict, name="complaint-verdict"),
    path("complaints/<uuid:complaint_id>/restoration/", complaints.restoration, name="complaint-restoration"),
    path("decisions/<uuid:decision_id>/complaint/", complaints.by_letter, name="complaint-by-letter"),
]

# Short and Norwegian, because it stands in a letter: hung under `klage/` at the top.
links = [
    path("<str:secret>", complaints.by_link, name="link"),
    path("<str:secret>/tilbake", complaints.withdrawal, name="withdrawal"),
]
