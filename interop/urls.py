"""The map of the matrix pages."""

from django.urls import path

from interop import between, documents, views

app_name = "interop"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:matrix>/", views.matrix, name="matrix"),
    path("<slug:matrix>/changes/", views.changes, name="changes"),
    path("<slug:matrix>/matrix.json", documents.matrix_json, name="matrix_json"),
    path("<slug:matrix>/matrix.md", documents.matrix_md, name="matrix_md"),
    path("<slug:matrix>/matrix.csv", documents.matrix_csv, name="matrix_csv"),
    path("<slug:matrix>/diff/", between.diff, name="diff"),
    path("<slug:matrix>/diff.json", between.diff_json, name="diff_json"),
    path("<slug:matrix>/diff.md", between.diff_md, name="diff_md"),
    path("<slug:matrix>/<slug:environment>/", views.environment, name="environment"),
]
