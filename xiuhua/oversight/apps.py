from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "xiuhua.oversight"
    label = "oversight"
