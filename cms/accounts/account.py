"""What people settle for themselves."""

from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel

from cms.accounts.models import User


class KeysForm(ModelForm):
    class Meta:
        model = User
        fields = ("letter_keys",)


class KeysPanel(BaseSettingsPanel):
    """Whoever dictates can switch off what a single spoken letter would set going (WCAG 2.1.4)."""

    name = "keys"
    title = _("Keyboard")
    order = 460  # after Wagtail's theme, before its password
    form_class = KeysForm


class PlainAccountView(AccountView):
    """Without a profile picture: Wagtail takes broken files for it, and nobody here needs one."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
