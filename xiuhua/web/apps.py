from django.apps import AppConfig

from xiuhua.web.frame import catalogue


class WebConfig(AppConfig):
    name = "xiuhua.web"
    label = "web"

    def ready(self) -> None:
        catalogue.ensure()
