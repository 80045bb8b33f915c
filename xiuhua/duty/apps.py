from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "xiuhua.duty"
    label = "duty"
