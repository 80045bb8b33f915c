from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xiuhua.web"
    label = "web"
