from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "xiuhua.evidence"
    label = "evidence"
