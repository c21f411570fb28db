"""Addresses of the public site that Django itself answers."""

from django.urls import path

from torg.site.views import comments, journal, own_comments, requests, search, skeleton

app_name = "site"
urlpatterns = [
    path("site/publication/", skeleton.publish, name="publication"),
    path("site/openness/", skeleton.publish_year, name="openness"),
    path("site/choices/", skeleton.choices, name="choices"),
    path("site/comments/", comments.waiting, name="comments"),
    path("site/comments/<uuid:site_comment_id>/showing/", comments.showing, name="comment-showing"),
    path("theme.css", skeleton.theme, name="theme"),
    path("arms.svg", skeleton.arms, name="arms"),
    # Short and Norwegian: these stand in letters and menus.
    path("sok/", search.search, name="search"),
    path("search/", search.search, name="search-main"),
    path("nb/sok/", search.search, {"language": "nb"}, name="search-nb"),
    path("nn/sok/", search.search, {"language": "nn"}, name="search-nn"),
    path("en/search/", search.search, {"language": "en"}, name="search-en"),
    path("kommentar/<uuid:article_id>/", comments.write, name="comment"),
    path("kommentar/min/<str:secret>/", own_comments.page, name="own-comment"),
    path("kommentar/min/<str:secret>/svar/", own_comments.answer, name="own-comment-answer"),
    path("kommentar/min/<str:secret>/<uuid:own_comment_id>/endring/", own_comments.change, name="own-comment-change"),
    path(
        "kommentar/min/<str:secret>/<uuid:own_comment_id>/tilbake/",
        own_comments.withdrawal,
        name="own-comment-withdrawal",
    ),
    path("postliste/sok/", journal.search, name="journal-search"),
    path("postliste/oppforing/<uuid:public_entry_id>/", journal.entry, name="journal-entry"),
    path("innsyn/be-om/<uuid:public_entry_id>/", requests.ask, name="ask"),
    path("innsyn/krav/<str:secret>/", requests.request_page, name="request"),
    path("innsyn/krav/<str:secret>/klage/", requests.complaint, name="request-complaint"),
    path("innsyn/krav/<str:secret>/tilbake/", requests.withdrawal, name="request-withdrawal"),
    path("innsyn/krav/<str:secret>/fil/<uuid:handed_out_id>/", requests.file, name="request-file"),
]
