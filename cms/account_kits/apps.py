from django.apps import AppConfig


class AccountKitsConfig(AppConfig):
    name = "cms.account_kits"
    label = "account_kits"
