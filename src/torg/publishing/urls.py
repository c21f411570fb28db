"""Addresses of publishing."""

from django.urls import path

from torg.publishing.views import article, plan, posts, settings, wishes

app_name = "publishing"
ARTICLE = "articles/<uuid:article_id>/"

urlpatterns = [
    path("", plan.plan, name="plan"),
    path("calendar/", plan.calendar, name="calendar"),
    path("feed/", plan.feed, name="feed"),
    path("feed/closing/", plan.feed_closing, name="feed-closing"),
    path("plan/<str:key>.ics", plan.calendar_file, name="calendar-file"),
    path("articles/new/", plan.new, name="new"),
    path(ARTICLE, article.article, name="article"),
    path(f"{ARTICLE}text/", article.edit, name="edit"),
    path(f"{ARTICLE}films/", article.films, name="films"),
    path(f"{ARTICLE}planning/", article.planning, name="planning"),
    path(f"{ARTICLE}time/", plan.moment, name="moment"),
    path(f"{ARTICLE}time/removal/", plan.no_moment, name="no-moment"),
    path(f"{ARTICLE}submission/", article.submission, name="submission"),
    path(f"{ARTICLE}approvals/", article.approvals, name="approvals"),
    path(f"{ARTICLE}return/", article.sending_back, name="return"),
    path(f"{ARTICLE}override/", article.override, name="override"),
    path(f"{ARTICLE}publication/", article.publication, name="publication"),
    path(f"{ARTICLE}correction/", article.correction, name="correction"),
    path(f"{ARTICLE}withdrawal/", article.withdrawal, name="withdrawal"),
    path(f"{ARTICLE}dropping/", article.dropping, name="dropping"),
    path(f"{ARTICLE}taking-up/", article.taking_up, name="taking-up"),
    path(f"{ARTICLE}release/", plan.release, name="release"),
    path(f"{ARTICLE}comments/", article.comments, name="comments"),
    path(f"{ARTICLE}assignments/", article.assignments, name="assignments"),
    path(f"{ARTICLE}assignments/<uuid:assignment_id>/done/", article.assignment_done, name="assignment-done"),
    path("posts/<uuid:post_id>/retry/", posts.retry, name="retry"),
    path("posts/<uuid:post_id>/giving-up/", posts.giving_up, name="giving-up"),
    path("posts/<uuid:post_id>/deletion/", posts.deletion, name="deletion"),
    path("figures/", posts.figures, name="figures"),
    path("orders/", wishes.orders, name="orders"),
    path("orders/<uuid:order_id>/taking/", wishes.order_taking, name="order-taking"),
    path("orders/<uuid:order_id>/declining/", wishes.order_declining, name="order-declining"),
    path("tips/", wishes.tips, name="tips"),
    path("tips/new/", wishes.tip_giving, name="tip-new"),
    path("tips/<uuid:post_tip_id>/taking/", wishes.tip_taking, name="tip-taking"),
    path("tips/<uuid:post_tip_id>/declining/", wishes.tip_declining, name="tip-declining"),
    path("settings/", settings.index, name="settings"),
    path("settings/rules/", settings.rules, name="rules"),
    path("settings/rules/<uuid:rule_id>/end/", settings.rule_ending, name="rule-ending"),
    path("settings/reading/", settings.reading, name="reading"),
    path("settings/series/", settings.series, name="series"),
    path("settings/series/<uuid:series_id>/end/", settings.series_ending, name="series-ending"),
    path("settings/<str:name>/", settings.names, name="names"),
    path("settings/<str:name>/<uuid:named_id>/end/", settings.name_ending, name="name-ending"),
]
