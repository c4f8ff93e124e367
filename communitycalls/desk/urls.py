"""The map of the editors' desk."""

from django.urls import include, path

from communitycalls.desk import (
    agenda,
    attendance,
    calls,
    index,
    links,
    matrix,
    minutes,
    questions,
    reading,
    releases,
    states,
)

app_name = "desk"

call = [
    path("", calls.call, name="call"),
    path("details/", calls.call_details, name="call_details"),
    path("state/", states.call_state, name="call_state"),
    path("remove/", calls.call_remove, name="call_remove"),
    path("agenda/add/", agenda.item_add, name="item_add"),
    path("agenda/<int:number>/", agenda.item, name="item"),
    path("agenda/<int:number>/move/", agenda.item_move, name="item_move"),
    path("agenda/<int:number>/remove/", agenda.item_remove, name="item_remove"),
    path("agenda/<int:number>/notes/", minutes.notes, name="notes"),
    path("links/add/", links.link_add, name="link_add"),
    path("links/<int:key>/", links.link, name="link"),
    path("links/<int:key>/remove/", links.link_remove, name="link_remove"),
    path("people/add/", attendance.people_add, name="people_add"),
    path("people/<int:key>/remove/", attendance.people_remove, name="people_remove"),
    path("minutes/", minutes.minutes, name="minutes"),
    path("minutes/introduction/", minutes.introduction, name="introduction"),
    path("minutes/add/", minutes.entry_add, name="entry_add"),
    path("minutes/reads-as/", reading.entry, name="reads_entry"),
    path("minutes/<int:number>/", minutes.entry, name="entry"),
    path("minutes/<int:number>/move/", minutes.entry_move, name="entry_move"),
    path("minutes/<int:number>/remove/", minutes.entry_remove, name="entry_remove"),
    path("questions/add/", questions.question_add, name="question_add"),
    path("questions/<int:number>/", questions.question, name="question"),
    path("questions/<int:number>/remove/", questions.question_remove, name="question_remove"),
    path("releases/add/", releases.release_add, name="release_add"),
    path("releases/<int:number>/", releases.release, name="release"),
    path("releases/<int:number>/remove/", releases.release_remove, name="release_remove"),
]

interop = [
    path("", matrix.matrices, name="matrices"),
    path("<slug:matrix>/", matrix.matrix, name="matrix"),
    path("<slug:matrix>/add/", matrix.environment_add, name="environment_add"),
    path("<slug:matrix>/reads-as/<slug:criterion>/", reading.cell, name="reads_cell"),
    path("<slug:matrix>/environments/<slug:environment>/", matrix.environment, name="environment"),
    path("<slug:matrix>/environments/<slug:environment>/retire/", matrix.environment_retire, name="environment_retire"),
]

urlpatterns = [
    path("", index.index, name="index"),
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.call_new, name="call_new"),
    path("calls/reads-as/", reading.item, name="reads_item"),
    path("calls/<slug:series>/<str:address>/", include(call)),
    path("interop/", include(interop)),
]
