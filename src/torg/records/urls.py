"""Addresses of records."""

from django.urls import path

from torg.records.views import archives, assessing, cases, journal, settings

app_name = "records"

urlpatterns = [
    path("assessments/", assessing.assessments, name="assessments"),
    path("assessments/<uuid:assessment_id>/", assessing.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/acceptance/", assessing.acceptance, name="acceptance"),
    path("assessments/<uuid:assessment_id>/journaling/", assessing.journaling, name="journaling"),
    path("journal/", journal.journal, name="journal"),
    path("entries/<uuid:entry_id>/", journal.entry, name="entry"),
    path("entries/<uuid:entry_id>/correction/", journal.correction, name="correction"),
    path("entries/<uuid:entry_id>/archiving/", journal.archiving, name="archiving"),
    path("entries/<uuid:entry_id>/expiry/", journal.expiry, name="expiry"),
    path("entries/<uuid:entry_id>/follow-up/", journal.follow_up, name="follow-up"),
    path("entries/<uuid:entry_id>/remarks/", journal.remarks, name="remarks"),
    path("entries/<uuid:entry_id>/links/", journal.links, name="links"),
    path("entries/<uuid:entry_id>/restrictions/", journal.restrictions, name="restrictions"),
    path("entries/<uuid:entry_id>/passages/", journal.passage, name="passage"),
    path("restrictions/<uuid:restriction_id>/lifting/", journal.lifting, name="lifting"),
    path("files/<uuid:object_id>/", journal.file, name="file"),
    path("case-files/<uuid:case_file_id>/", cases.case_file, name="case-file"),
    path("case-files/<uuid:case_file_id>/closing/", cases.closing, name="closing"),
    path("case-files/<uuid:case_file_id>/opening/", cases.opening, name="opening"),
    path("provisions/", settings.provisions, name="provisions"),
    path("provisions/<uuid:reference_id>/check/", settings.check, name="check"),
    path("settings/", settings.settings, name="settings"),
    path("rules/<uuid:rule_id>/on/", settings.switch_on, name="switch-on"),
    path("rules/<uuid:rule_id>/off/", settings.switch_off, name="switch-off"),
    path("channels/<uuid:channel_id>/", settings.channel, name="channel"),
    path("archive/", archives.archive, name="archive"),
    path("archive/check/", archives.check, name="archive-check"),
    path("archive/comparison/", archives.comparison, name="archive-comparison"),
    path("archive/period/", archives.period, name="archive-period"),
    path("archive/closure/", archives.closure, name="archive-closure"),
    path("deliveries/", archives.inbox, name="deliveries"),
    path("deliveries/<uuid:delivery_id>/again/", archives.again, name="deliver-again"),
    path("deliveries/<uuid:delivery_id>/given-up/", archives.surrender, name="give-up"),
]
