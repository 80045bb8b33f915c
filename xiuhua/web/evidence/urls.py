"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.evidence import acts, blurring, destroying, keeping, report, showing, views

urlpatterns = [
    path("evidence/", views.exhibits, name="exhibits"),
    path("evidence/recordings/", views.recordings, name="recordings"),
    path("evidence/recordings/<int:pk>/ask/", views.ask, name="recording-ask"),
    path("evidence/recordings/<int:pk>/", keeping.recording, name="recording"),
    path("evidence/recordings/<int:pk>/hold/", keeping.hold, name="recording-hold"),
    path("evidence/holds/", keeping.holds, name="holds"),
    path("evidence/holds/<int:pk>/ask-lift/", keeping.ask_lift, name="hold-ask-lift"),
    path("evidence/holds/<int:pk>/lift/", keeping.lift, name="hold-lift"),
    path("evidence/destructions/", destroying.lists, name="destructions"),
    path("evidence/destructions/new/", destroying.propose, name="destruction-new"),
    path("evidence/destructions/<int:pk>/", destroying.one, name="destruction"),
    path("evidence/destructions/<int:pk>/report.pdf", report.report, name="destruction-report"),
    path("evidence/destructions/<int:pk>/review/", destroying.review, name="destruction-review"),
    path("evidence/destructions/<int:pk>/destroy/", destroying.destroy, name="destruction-destroy"),
    path("evidence/stations/", views.stations, name="stations"),
    path("evidence/<int:pk>/", views.exhibit, name="exhibit"),
    path("evidence/<int:pk>/file/", showing.file, name="exhibit-file"),
    path("evidence/<int:pk>/picture/", showing.picture, name="exhibit-picture"),
    path("evidence/<int:pk>/play/", acts.play, name="exhibit-play"),
    path("evidence/<int:pk>/copy/", acts.copy, name="exhibit-copy"),
    path("evidence/<int:pk>/export/", acts.export, name="exhibit-export"),
    path("evidence/<int:pk>/clip/", acts.clip, name="exhibit-clip"),
    path("evidence/<int:pk>/blur/", blurring.blur, name="exhibit-blur"),
    path("evidence/<int:pk>/blur/frame/", blurring.frame, name="exhibit-blur-frame"),
    path("evidence/<int:pk>/time/", acts.correct_time, name="exhibit-time"),
    path("evidence/<int:pk>/stamp/", acts.stamp, name="exhibit-stamp"),
]
