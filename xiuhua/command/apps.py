from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "xiuhua.command"
    label = "command"
