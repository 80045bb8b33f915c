from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "xiuhua.reports"
    label = "reports"
