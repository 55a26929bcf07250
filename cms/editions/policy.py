from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class DesignPolicy(ModelPermissionPolicy):
    """Designs as Wagtail's permissions say, except that nobody publishes: approval does."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "publish" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action != "publish" and super().user_has_permission_for_instance(user, action, instance)
