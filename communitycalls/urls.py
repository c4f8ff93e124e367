"""The map of the site."""

from django.contrib import admin
from django.urls import include, path, re_path

from communitycalls.desk import markdownx
from communitycalls.views import (
    accounts,
    branding,
    calls,
    documents,
    home,
    media,
    operations,
    presenter,
    revisions,
    slides,
)

public = [
    path("", home.home, name="home"),
    path("calls/", calls.archive, name="archive"),
    path("calls/next/", calls.upcoming, name="next"),
    path("calls/latest/", calls.latest, name="latest"),
    path("calls/<slug:series>/", calls.series, name="series"),
    path("calls/<slug:series>/next/", calls.upcoming, name="series_next"),
    path("calls/<slug:series>/latest/", calls.latest, name="series_latest"),
    path("calls/<slug:series>/<str:address>/", calls.call, name="call"),
    path("calls/<slug:series>/<str:address>/call.json", documents.call_json, name="call_json"),
    path("calls/<slug:series>/<str:address>/call.md", documents.call_md, name="call_md"),
    path("calls/<slug:series>/<str:address>/revisions/", revisions.revisions, name="revisions"),
    path("calls/<slug:series>/<str:address>/revisions/<int:number>/", revisions.revision, name="revision"),
    path("calls/<slug:series>/<str:address>/diff/", revisions.diff, name="diff"),
    path("calls/<slug:series>/<str:address>/slides/", presenter.slides, name="slides"),
    path("calls/<slug:series>/<str:address>/slides/deck.css", presenter.deck_css, name="deck_css"),
    path("calls/<slug:series>/<str:address>/slides/fonts.css", presenter.fonts_css, name="deck_fonts_css"),
    path("calls/<slug:series>/<str:address>/slides/pictures.css", presenter.pictures_css, name="deck_pictures_css"),
    path("calls/<slug:series>/<str:address>/slides/position.json", presenter.position_json, name="position_json"),
    path("calls/<slug:series>/<str:address>/slides.pdf", slides.slides_pdf, name="slides_pdf"),
    path("calls/<slug:series>/<str:address>/agenda.pdf", slides.agenda_pdf, name="agenda_pdf"),
    path("calls/<slug:series>/<str:address>/minutes.pdf", slides.minutes_pdf, name="minutes_pdf"),
    path("calls/<slug:series>/<str:address>/handout.pdf", slides.handout_pdf, name="handout_pdf"),
]

admin.autodiscover()
urlpatterns = [
    path("", include((public, "calls"))),
    path("interop/", include("interop.urls")),
    # markdownx's own endpoints are open to anyone: these stand in their place, under their names
    path("desk/markdown/preview/", markdownx.preview, name="markdownx_markdownify"),
    path("desk/markdown/upload/", markdownx.upload, name="markdownx_upload"),
    path("desk/", include("communitycalls.desk.urls")),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("admin/", admin.site.urls),
    re_path(r"^branding/(?P<colour>[0-9a-f]{6})\.css$", branding.accent_css, name="accent_css"),
    path("fonts/<str:name>", presenter.font, name="deck_font"),
    path("media/images/<str:name>", media.image, name="image"),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("robots.txt", operations.robots, name="robots"),
    path("sitemap.xml", operations.sitemap, name="sitemap"),
]

handler400 = "communitycalls.views.errors.bad_request"
handler403 = "communitycalls.views.errors.forbidden"
handler404 = "communitycalls.views.errors.not_found"
handler500 = "communitycalls.views.errors.server_error"
