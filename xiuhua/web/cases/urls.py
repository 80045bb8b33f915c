"""Addresses of the bench."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.cases import (
    amounts,
    capacity,
    checking,
    diagram,
    hearings,
    listing_views,
    matters,
    on_spot,
    opening,
    packet_view,
    page,
    papers,
    remedies,
    reviews,
    steps,
    weighing,
)

urlpatterns = [
    path("cases/", listing_views.cases, name="cases"),
    path("cases/hearings/", hearings.hearings, name="hearings"),
    path("cases/new/", opening.new, name="case-new"),
    path("cases/new/demolition/", opening.new_demolition, name="case-demolition"),
    path("cases/on-spot/", on_spot.on_spot, name="case-on-spot"),
    path("cases/on-spot/span/", amounts.span, name="case-span"),
    path("cases/on-spot/weigh/", weighing.spot, name="case-on-spot-weigh"),
    path("cases/causes/", opening.causes, name="case-causes"),
    path("cases/parties/", opening.parties, name="case-parties"),
    path("cases/remedies/", remedies.remedies, name="case-remedies"),
    path("cases/<int:pk>/", page.case, name="case"),
    path("reviews/", reviews.centre, name="reviews"),
    path("reviews/capacity/", capacity.capacity, name="review-capacity"),
    path("reviews/division/", reviews.divide, name="review-divide"),
    path("reviews/give-out/", reviews.give_out, name="review-give-out"),
    path("reviews/<int:pk>/move/", reviews.move, name="review-move"),
    path("cases/<int:pk>/procedure/", diagram.diagram, name="case-diagram"),
    path("cases/<int:pk>/do/<slug:move>/", steps.step, name="case-step"),
    path("cases/<int:pk>/do/<slug:move>/preview/", steps.preview, name="case-step-preview"),
    path("cases/<int:pk>/do/<slug:move>/weigh/", weighing.step, name="case-step-weigh"),
    path("cases/<int:pk>/beside/<slug:procedure>/<slug:move>/", matters.begin, name="case-matter-new"),
    path(
        "cases/<int:pk>/beside/<slug:procedure>/<slug:move>/preview/",
        matters.begin_preview,
        name="case-matter-preview-new",
    ),
    path("cases/<int:pk>/matters/<int:matter_pk>/<slug:move>/", matters.step, name="case-matter-step"),
    path(
        "cases/<int:pk>/matters/<int:matter_pk>/<slug:move>/preview/",
        matters.step_preview,
        name="case-matter-preview-step",
    ),
    path("cases/<int:pk>/check/", checking.check, name="case-check"),
    path("cases/<int:pk>/evidence/", steps.add_evidence, name="case-evidence"),
    path("cases/<int:pk>/evidence/<int:exhibit_pk>/", papers.exhibit, name="case-exhibit"),
    path("cases/<int:pk>/papers/<int:paper_pk>/", papers.preview, name="case-paper"),
    path("cases/<int:pk>/papers/<int:paper_pk>.<str:ending>", papers.download, name="case-paper-file"),
    path("cases/<int:pk>/papers.pdf", papers.all_papers, name="case-papers"),
    path("cases/<int:pk>/court-papers.pdf", packet_view.court_papers, name="case-court-papers"),
]
