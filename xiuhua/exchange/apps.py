from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "xiuhua.exchange"
    label = "exchange"
