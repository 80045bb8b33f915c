from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "xiuhua.cases"
    label = "cases"
