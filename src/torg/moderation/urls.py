"""Addresses of moderation: the rulebook, and where its forms are sent; the queue and its cases stand at the desk."""

from django.urls import path

from torg.moderation.views import (
    breaches,
    cases,
    complaints,
    deciding,
    figures,
    followup,
    reporting,
    rules,
    terms,
    viewing,
)

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
    path("terms/", terms.terms, name="terms"),
    path("viewing/", viewing.viewing, name="viewing"),
    path("items/<uuid:item_id>/reports/", cases.report, name="report"),
    path("cases/proposals/", cases.propose_many, name="bulk-proposals"),
    path("cases/<uuid:case_id>/claim/", cases.claim, name="claim"),
    path("cases/<uuid:case_id>/release/", cases.release, name="release"),
    path("cases/<uuid:case_id>/passages/", cases.mark, name="passages"),
    path("cases/<uuid:case_id>/hiding/", cases.hide, name="hiding"),
    path("cases/<uuid:case_id>/hiding/end/", cases.show, name="hiding-end"),
    path("cases/<uuid:case_id>/proposals/", cases.propose, name="proposals"),
    path("cases/<uuid:case_id>/dismissal/", cases.dismiss, name="dismissal"),
    path("cases/<uuid:case_id>/subjects/", cases.subject, name="subjects"),
    path("cases/<uuid:case_id>/partiality/", cases.partiality, name="partiality"),
    path("cases/<uuid:case_id>/closing/", cases.close, name="closing"),
    path("proposals/<uuid:proposal_id>/agreement/", deciding.agree, name="agreement"),
    path("proposals/<uuid:proposal_id>/return/", deciding.send_back, name="return"),
    path("proposals/<uuid:proposal_id>/withdrawal/", deciding.withdraw, name="proposal-withdrawal"),
    path("decisions/<uuid:decision_id>/tick/", deciding.tick, name="tick"),
    path("decisions/<uuid:decision_id>/retry/", deciding.retry, name="decision-retry"),
    path("decisions/<uuid:decision_id>/finding/", deciding.settle, name="decision-finding"),
    path("decisions/<uuid:decision_id>/giving-up/", deciding.give_up, name="giving-up"),
    path("decisions/<uuid:decision_id>/telling/", deciding.tell_otherwise, name="telling"),
    path("sanctions/<uuid:sanction_id>/lifting/", deciding.lift, name="lifting"),
    path("sanctions/<uuid:sanction_id>/review/", deciding.review, name="sanction-review"),
    path("sanctions/<uuid:sanction_id>/tick/", deciding.tick_lifted, name="sanction-tick"),
    path("complaints/", complaints.index, name="complaints"),
    path("complaints/<uuid:complaint_id>/", complaints.complaint, name="complaint"),
    path("complaints/<uuid:complaint_id>/messages/", complaints.message, name="complaint-messages"),
    path("complaints/<uuid:complaint_id>/assignment/", complaints.assignment, name="complaint-assignment"),
    path("complaints/<uuid:complaint_id>/verdict/", complaints.verdict, name="complaint-verdict"),
    path("complaints/<uuid:complaint_id>/restoration/", complaints.restoration, name="complaint-restoration"),
    path("decisions/<uuid:decision_id>/complaint/", complaints.by_letter, name="complaint-by-letter"),
    path("reports/", reporting.index, name="tips"),
    path("reports/<uuid:tip_id>/", reporting.tip, name="tip"),
    path("reports/<uuid:tip_id>/placing/", reporting.placing, name="tip-placing"),
    path("reports/<uuid:tip_id>/letting-go/", reporting.letting_go, name="tip-letting-go"),
    path("reports/<uuid:tip_id>/muting/", reporting.muting, name="tip-muting"),
    path("cases/<uuid:case_id>/follow-up/", followup.page, name="followup"),
    path("cases/<uuid:case_id>/removing/", followup.remove_now, name="removing"),
    path("cases/<uuid:case_id>/breach/", breaches.opening, name="breach-opening"),
    path("cases/<uuid:case_id>/police/", followup.pack, name="police"),
    path("police/<uuid:package_id>/fetching/", followup.package, name="police-package"),
    path("breaches/", breaches.index, name="breaches"),
    path("breaches/<uuid:breach_id>/", breaches.breach, name="breach"),
    path("breaches/<uuid:breach_id>/assessment/", breaches.assessment, name="breach-assessment"),
    path("breaches/<uuid:breach_id>/decision/", breaches.decision, name="breach-decision"),
    path("breaches/<uuid:breach_id>/reassessment/", breaches.reassessment, name="breach-reassessment"),
    path("breaches/<uuid:breach_id>/notification/", breaches.notification, name="breach-notification"),
    path("breaches/<uuid:breach_id>/affected/", breaches.affected, name="breach-affected"),
    path("breaches/<uuid:breach_id>/closing/", breaches.closing, name="breach-closing"),
    path("transparency/", figures.transparency, name="transparency"),
    path("equality/", figures.equality, name="equality"),
    path("figures/<str:name>", figures.as_file, name="figures-file"),
    path("second-readings/", figures.readings, name="readings"),
    path("second-readings/<uuid:reading_id>/", figures.opinion, name="reading"),
    path("mutings/<uuid:muting_id>/end/", reporting.muting_end, name="muting-end"),
]

# Short and Norwegian, because it stands in a letter: hung under `klage/` at the top.
links = [
    path("<str:secret>", complaints.by_link, name="link"),
    path("<str:secret>/tilbake", complaints.withdrawal, name="withdrawal"),
]

# For citizens, and as short: hung under `meld/` at the top.
report_links = [
    path("", reporting.form, name="form"),
    path("<str:number>/", reporting.receipt, name="receipt"),
]
