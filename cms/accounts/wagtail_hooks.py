from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.account import KeysPanel
from cms.accounts.users import AssignRole, SetActiveState

_NOT_OURS = {"documents", "explorer", "help"}
"""Pages, documents and Wagtail's own help: an attaché's workshop has none of them."""


@hooks.register("construct_main_menu")
def leave_out(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in _NOT_OURS]


for action in (AssignRole, SetActiveState):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, whose place they take

hooks.register("register_account_settings_panel", KeysPanel)
