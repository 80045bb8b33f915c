"""Addresses of oversight."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.oversight import acts, corrections, drawing, listing, page

OF = {"kind": "correction"}
urlpatterns = [
    path("oversight/", listing.samples, name="samples"),
    path("oversight/units/", drawing.units, name="oversight-units"),
    path("oversight/draws/", drawing.draws, name="draws"),
    path("oversight/draws/<int:pk>/", drawing.one, name="draw"),
    path("oversight/samples/<int:pk>/", page.sample, name="sample"),
    path("oversight/samples/<int:pk>/watch/", acts.watch, name="sample-watch"),
    path("oversight/samples/<int:pk>/judge/", acts.judge, name="sample-judge"),
    path("oversight/samples/<int:pk>/reply/", acts.reply, name="sample-reply"),
    path("oversight/samples/<int:pk>/appeal/", acts.appeal, name="sample-appeal"),
    path("oversight/samples/<int:pk>/decide/", acts.decide, name="sample-decide"),
    path("oversight/samples/<int:pk>/close/", acts.close, name="sample-close"),
    path("oversight/samples/<int:pk>/back/", acts.send_back, name="sample-back"),
    path("oversight/corrections/", corrections.corrections, name="corrections"),
    path("oversight/corrections/<int:pk>/", corrections.correction, name="correction"),
    path("oversight/corrections/<int:pk>/reply/", acts.reply, OF, name="correction-reply"),
    path("oversight/corrections/<int:pk>/appeal/", acts.appeal, OF, name="correction-appeal"),
    path("oversight/corrections/<int:pk>/decide/", acts.decide, OF, name="correction-decide"),
    path("oversight/corrections/<int:pk>/close/", acts.close, OF, name="correction-close"),
    path("oversight/corrections/<int:pk>/back/", acts.send_back, OF, name="correction-back"),
]
