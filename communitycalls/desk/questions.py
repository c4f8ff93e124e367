"""Questions and their answers."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from communitycalls import aside
from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.clash import gone_page
from communitycalls.desk.pages import Place, crumbs_of, editor_of, page, remove, save, sent, show_form, to
from communitycalls.desk.question_forms import QuestionForm, rearranged
from communitycalls.models import Call, Question


def rows_moved(request: HttpRequest, call: Call, question: Question | None) -> QuestionForm | None:
    """The form after a button that adds, moves or drops a row: nothing is saved, nothing typed is lost."""
    deed = request.POST.get("do", "")
    if deed.partition("-")[0] not in ("more", "up", "down", "drop"):
        return None
    now = QuestionForm(call, question, request.POST, version=call.version)
    texts, rows, row = rearranged(now.sent(), now.rows, deed)
    form = QuestionForm(call, question, version=call.version, rows=rows)
    lock = {name: request.POST.get(name, "") for name in ("version", "began")}
    form.initial = {**texts, **lock}
    form.fields[f"speaker_{row}"].widget.attrs["autofocus"] = True
    return form


def show(request: HttpRequest, call: Call, form: QuestionForm, title: str, button: str) -> HttpResponse:
    crumbs = (*crumbs_of(call), ("Minutes", to("minutes", call)))
    place = Place(title, to("minutes", call, anchor="questions"), crumbs, button)
    return show_form(request, form, place, template="desk/question.html")


@page
def question_add(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    form = rows_moved(request, call, None) or QuestionForm(call, None, sent(request), version=call.version)
    if form.is_bound and form.is_valid():
        with editing.change(call, editor_of(request)):
            form.save()
        messages.success(request, "The question is recorded.")
        return redirect(to("minutes", call, anchor="question-add"))
    return show(request, call, form, "Record a question", "Record the question")


@page
def question(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    what, back = f"question {number}", to("minutes", call, anchor=f"question-{number}")
    row = call.questions.filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=to("minutes", call))
    moved = rows_moved(request, call, row)
    form = moved or QuestionForm(call, row, sent(request), version=call.version)
    return save(request, call, form, what=what, back=back) or show(request, call, form, f"Question {number}", "Save")


@page
def question_remove(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    what, back = f"question {number}", to("minutes", call, anchor="questions")
    row = call.questions.filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=back)
    return remove(request, call, partial(aside.remove, row), what=what, text=row.text, back=back)
