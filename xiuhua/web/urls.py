"""Addresses of the pages. Each room keeps its own; a room's names are plain, `web:leads`, `web:case-new`."""

from __future__ import annotations

from django.urls import include, path

from xiuhua.web.frame import views as frame

app_name = "web"

urlpatterns = [
    path("", include("xiuhua.web.org.urls")),
    path("", include("xiuhua.web.today.urls")),
    path("", include("xiuhua.web.search.urls")),
    path("", include("xiuhua.web.leads.urls")),
    path("", include("xiuhua.web.duty.urls")),
    path("", include("xiuhua.web.registers.urls")),
    path("", include("xiuhua.web.observations.urls")),
    path("", include("xiuhua.web.cases.urls")),
    path("", include("xiuhua.web.evidence.urls")),
    path("", include("xiuhua.web.command.urls")),
    path("", include("xiuhua.web.oversight.urls")),
    path("", include("xiuhua.web.exchange.urls")),
    path("", include("xiuhua.web.reports.urls")),
    path("", include("xiuhua.web.law.urls")),
    path("language/", frame.language, name="language"),
    path("theme/", frame.theme, name="theme"),
    path("drafts/<path:key>/drop/", frame.drop_draft, name="drop-draft"),
    path("drafts/<path:key>/", frame.draft, name="draft"),
    path("check/<str:kind>/", frame.check, name="check"),
    path("filters/<str:room>/", frame.save_filter, name="save-filter"),
    path("filters/drop/<int:pk>/", frame.drop_filter, name="drop-filter"),
]
