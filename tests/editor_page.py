"""The site's addresses and a page with two Markdown editors, for tests of the editor."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from markdownx.widgets import MarkdownxWidget

from communitycalls.urls import handler400, handler403, handler404, handler500
from communitycalls.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGE = """{% load static %}<!doctype html><html lang="en"><head><title>Editor</title>
<link rel="stylesheet" href="{% static 'css/tokens.css' %}"><link rel="stylesheet" href="{% static 'css/base.css' %}">
<link rel="stylesheet" href="{% static 'css/prose.css' %}">
<script type="module" src="{% static 'js/markdown-editor.js' %}"></script></head>
<body><main><h1>Editor</h1><h2>Plan</h2>
<form method="post">{% csrf_token %}{{ form.as_div }}<button>Save</button></form>
<p>Told: {{ form.body.value|default:"" }}</p></main>{{ form.media }}</body></html>"""


class EditorForm(forms.Form):
    body = forms.CharField(label="Agenda item", widget=MarkdownxWidget, help_text="Markdown.")
    notes = forms.CharField(label="Slide notes", widget=MarkdownxWidget, required=False)


def editor(request: HttpRequest) -> HttpResponse:
    form = EditorForm(request.POST or None, initial={"body": "# Hello"}, label_suffix="")
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"form": form})))


urlpatterns = [path("editor/", editor), *of_the_site]
