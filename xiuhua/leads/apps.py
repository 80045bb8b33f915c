from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "xiuhua.leads"
    label = "leads"
