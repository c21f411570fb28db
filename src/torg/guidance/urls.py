"""Addresses of the guidance."""

from django.urls import path

from torg.guidance.views import advice, courses, elections, guide, poster, texts

app_name = "guidance"

urlpatterns = [
    path("", poster.poster, name="poster"),
    path("poster.pdf", poster.printed, name="printed"),
    path("acknowledgement/", poster.acknowledge, name="acknowledge"),
    path("figures/", poster.figures, name="figures"),
    path("figures/routine/", poster.routine, name="routine"),
    path("courses/", courses.index, name="courses"),
    path("courses/<slug:course>/", courses.course, name="course"),
    path("courses/<slug:course>/quiz/", courses.quiz, name="quiz"),
    path("courses/<slug:course>/completions/", courses.complete, name="complete"),
    path("rules/", elections.rules, name="rules"),
    path("elections/", elections.add, name="elections"),
    path("elections/<uuid:election_id>/withdrawal/", elections.withdraw, name="withdraw-election"),
    path("advice/", advice.advice, name="advice"),
    path("advice/queue/", advice.queue, name="queue"),
    path("advice/term/", advice.term, name="term"),
    path("advice/<uuid:question_id>/", advice.question, name="question"),
    path("advice/<uuid:question_id>/taking/", advice.take, name="take"),
    path("advice/<uuid:question_id>/release/", advice.put_back, name="put-back"),
    path("advice/<uuid:question_id>/answers/", advice.answer, name="answer"),
    path("advice/<uuid:question_id>/reopening/", advice.reopen, name="reopen"),
    path("advice/<uuid:question_id>/entry/", guide.from_question, name="entry-from"),
    path("guide/", guide.guide, name="guide"),
    path("guide/new/", guide.new, name="new-entry"),
    path("guide/<uuid:guide_entry_id>/", guide.entry, name="entry"),
    path("guide/<uuid:guide_entry_id>/edit/", guide.edit, name="edit-entry"),
    path("guide/<uuid:guide_entry_id>/retirement/", guide.retire, name="retire-entry"),
    path("texts/", texts.index, name="texts"),
    path("texts/<slug:text_key>/", texts.text, name="text"),
]
