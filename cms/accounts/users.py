"""Wagtail's screens for people, with one rule more: who is no superuser neither makes one nor touches one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from cms.accounts.models import User


def may_touch(requester: User, person: User) -> bool:
    return requester.is_superuser or not person.is_superuser


class NewPersonForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"language"}


class PersonForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"language"}


class SuperusersAlone:
    """A form's view in which only superusers are asked whether somebody is one."""

    request: HttpRequest

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form: Form = super().get_form(form_class)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class PeopleIndexView(IndexView):
    def get_edit_url(self, instance: User) -> str | None:
        return super().get_edit_url(instance) if may_touch(self.request.user, instance) else None


class PersonCreateView(SuperusersAlone, CreateView):
    pass


class PersonEditView(SuperusersAlone, EditView):
    def dispatch(self, request: HttpRequest, *arguments: Any, **keywords: Any) -> HttpResponseBase:
        if not may_touch(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **keywords)


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView  # Wagtail's delete view has the rule itself
    copy_view_enabled = False  # it saves into the very row that it copies, password and all

    def get_form_class(self, for_update: bool = False) -> type[Form]:
        return PersonForm if for_update else NewPersonForm


class SparesSuperusers:
    """An action on many people that leaves out those whom the requester may not touch."""

    request: HttpRequest

    def check_perm(self, obj: User) -> bool:
        return may_touch(self.request.user, obj) and super().check_perm(obj)


class AssignRole(SparesSuperusers, AssignRoleBulkAction):
    pass


class SetActiveState(SparesSuperusers, SetActiveStateBulkAction):
    pass
