"""What machines ask of the site: health, readiness, what may be crawled."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communitycalls.models import Call, Series
from interop.models import Environment, Matrix


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers and every migration is applied, else 503 with the reason in one sentence."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        text = f"{len(waiting)} migrations are not applied. Run python3 manage.py migrate.\n"
        return HttpResponse(text, status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page. Costs four queries."""
    pages: list[Series | Call | Matrix | Environment] = [
        *Series.objects.filter(calls__in=Call.objects.published()).distinct(),
        *Call.objects.published().select_related("series"),
        *Matrix.objects.all(),
        *Environment.objects.select_related("matrix"),
    ]
    addresses = [f"{settings.SITE_URL}{page.get_absolute_url()}" for page in pages]
    return render(request, "communitycalls/sitemap.xml", {"addresses": addresses}, content_type="application/xml")
