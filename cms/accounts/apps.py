from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        from cms.accounts.languages import make_locales

        post_migrate.connect(make_locales, sender=apps.get_app_config("wagtailcore"))


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's app for people, with our screens."""

    user_viewset = "cms.accounts.users.PeopleViewSet"
