from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "xiuhua.observations"
    label = "observations"
