"""What people settle for themselves."""

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel


class PlainAccountView(AccountView):
    """Without a profile picture: Wagtail takes broken files for it, and nobody here needs one."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
