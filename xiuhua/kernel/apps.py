from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "xiuhua.kernel"
    label = "kernel"
