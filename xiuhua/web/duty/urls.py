"""Addresses of the street."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.duty import check_ins, events, operations, phone, points, rates, roster, rounds, swaps, tasks

urlpatterns = [
    path("duty/", roster.roster, name="duty"),
    path("duty/mine/", phone.mine, name="duty-mine"),
    path("duty/shifts/new/", roster.shift_new, name="duty-shift-new"),
    path("duty/shifts/<int:pk>/", roster.shift, name="duty-shift"),
    path("duty/shifts/<int:pk>/cancel/", roster.shift_cancel, name="duty-shift-cancel"),
    path("duty/shifts/<int:pk>/swap/", swaps.ask, name="duty-swap-ask"),
    path("duty/shifts/<int:pk>/appeal/", swaps.appeal, name="duty-appeal"),
    path("duty/swaps/<int:pk>/", swaps.swap_act, name="duty-swap"),
    path("duty/appeals/<int:pk>/", swaps.decide_appeal, name="duty-appeal-decide"),
    path("duty/copy/", roster.copy_week, name="duty-copy"),
    path("duty/import/", roster.import_roster, name="duty-import"),
    path("duty/import/faulty/", roster.faulty_rows, name="duty-faulty"),
    path("duty/import/blank/", roster.blank_sheet, name="duty-blank"),
    path("duty/check-in/", phone.check_in, name="duty-check-in"),
    path("duty/send/check-in/", phone.send_check_in, name="duty-send-check-in"),
    path("duty/send/persuasion/", phone.send_persuasion, name="duty-send-persuasion"),
    path("duty/send/draft/<path:key>/", phone.send_draft, name="duty-send-draft"),
    path("duty/queue/", phone.queue, name="duty-queue"),
    path("worker.js", phone.service_worker, name="duty-worker"),
    path("duty/check-ins/", check_ins.check_ins, name="duty-check-ins"),
    path("duty/check-ins/<int:pk>/", check_ins.check_in_page, name="duty-check-in-page"),
    path("duty/points/", points.points, name="duty-points"),
    path("duty/points/new/", points.point_new, name="duty-point-new"),
    path("duty/points/<int:pk>/close/", points.point_close, name="duty-point-close"),
    path("duty/beats/new/", points.beat_new, name="duty-beat-new"),
    path("duty/rounds/", rounds.rounds, name="duty-rounds"),
    path("duty/rounds/road/", rounds.road_new, name="duty-road-new"),
    path("duty/rounds/inspection/", rounds.inspection_new, name="duty-inspection-new"),
    path("duty/tasks/", tasks.tasks, name="duty-tasks"),
    path("duty/tasks/new/", tasks.task_new, name="duty-task-new"),
    path("duty/tasks/<int:pk>/", tasks.task, name="duty-task"),
    path("duty/tasks/<int:pk>/<str:do>/", tasks.task_act, name="duty-task-act"),
    path("duty/events/", events.events, name="duty-events"),
    path("duty/events/new/", events.event_new, name="duty-event-new"),
    path("duty/events/plan/", events.plan_start, name="duty-plan-start"),
    path("duty/events/<int:pk>/", events.event, name="duty-event"),
    path("duty/events/<int:pk>/end/", events.event_end, name="duty-event-end"),
    path("duty/events/<int:pk>/reserve/", events.reserve_new, name="duty-reserve-new"),
    path("duty/calls/<int:pk>/", events.call_answer, name="duty-call"),
    path("duty/operations/", operations.operations, name="duty-operations"),
    path("duty/operations/new/", operations.operation_new, name="duty-operation-new"),
    path("duty/operations/<int:pk>/", operations.operation, name="duty-operation"),
    path("duty/operations/<int:pk>/report/", operations.operation_report, name="duty-operation-report"),
    path("duty/rates/", rates.rates, name="duty-rates"),
]
