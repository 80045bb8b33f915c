from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "xiuhua.org"
    label = "org"
