from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "xiuhua.registers"
    label = "registers"
