"""Who may do what, in one table; each app's migration grants the rows that concern it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

DESIGNER, EDITOR, APPROVER, MISSION, ADMINISTRATOR = "designer", "editor", "approver", "mission", "administrator"

ROLES: Mapping[str, Mapping[str, str]] = {
    DESIGNER: {
        "library.image": "add change delete choose",
        "library.drawing": "add change delete choose",
        "library.media": "add change delete",
        "brands.brand": "add change delete view",
        "account_kits.accountkit": "add view",
        "campaigns.campaign": "view",
        "campaigns.coremessage": "view",
        "facts.fact": "view",
        "infographics.infographic": "view",
        "clips.clip": "view",
        "playlists.playlist": "add change delete view",
    },
    EDITOR: {
        "library.image": "add change choose",
        "library.drawing": "choose",
        "library.media": "add change",
        "brands.brand": "view",
        "campaigns.campaign": "add change delete publish view",
        "campaigns.coremessage": "add change delete publish view",
        "facts.fact": "add change delete publish view",
        "links.link": "add change view",
        "infographics.infographic": "add change delete view",
        "clips.clip": "add change delete view",
        "playlists.playlist": "add change delete view",
        "jobs.job": "view change",
        "simple_translation.simpletranslation": "submit_translation",
    },
    APPROVER: {
        "library.image": "choose",
        "library.drawing": "choose",
        "brands.brand": "view",
        "campaigns.campaign": "view",
        "campaigns.coremessage": "view",
        "facts.fact": "view",
        "links.link": "view",
        "infographics.infographic": "view",
        "clips.clip": "view",
        "playlists.playlist": "view",
    },
    MISSION: {},
    ADMINISTRATOR: {
        "library.image": "add change delete choose",
        "library.drawing": "add change delete choose",
        "library.media": "add change delete",
        "brands.brand": "add change delete view",
        "account_kits.accountkit": "add view",
        "campaigns.campaign": "add change delete publish lock unlock view",
        "campaigns.coremessage": "add change delete publish lock unlock view",
        "facts.fact": "add change delete publish lock unlock view",
        "links.link": "add change view",
        "links.host": "add change delete view",
        "infographics.infographic": "add change delete lock unlock view",
        "clips.clip": "add change delete lock unlock view",
        "playlists.playlist": "add change delete view",
        "missions.mission": "add change delete view",
        "jobs.job": "view change",
        "accounts.user": "add change delete view",
    },
}
"""Role, then model, then verbs; a verb with an underscore is a permission's whole name. Nobody may publish a
design: approval does (see editions). Missions have no permission at all: what they may take is asked of
`leaving`."""

COLLECTION_MODELS = ("library.image", "library.drawing", "library.media")
"""Permissions on these are given for a collection: here for the root, and so for all of them. Who may add may also
change and delete what they added themselves."""


class Grant(NamedTuple):
    role: str
    model: str
    verb: str

    @property
    def app(self) -> str:
        return self.model.partition(".")[0]

    @property
    def codename(self) -> str:
        return self.verb if "_" in self.verb else f"{self.verb}_{self.model.partition('.')[2]}"


def grants() -> Iterator[Grant]:
    for role, models in ROLES.items():
        for model, verbs in models.items():
            for verb in verbs.split():
                yield Grant(role, model, verb)


def granting(app: str, only: str = "") -> RunPython:
    """The migration step that gives an app's permissions to the roles; `only` names a model that came later.

    What administrators have changed since of the others stays as they left it.
    """

    def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        _make_permissions(apps, app, schema_editor.connection.alias)
        there = {model._meta.label_lower for model in apps.get_app_config(app).get_models()}
        for wanted in grants():
            if wanted.model in ({only} if only else there):
                _grant(apps, wanted)

    return RunPython(grant, RunPython.noop)


def _grant(apps: Apps, wanted: Grant) -> None:
    group = apps.get_model("auth", "Group").objects.get(name=wanted.role)
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=apps.get_model("contenttypes", "ContentType").objects.get(
            app_label=wanted.app, model=wanted.model.partition(".")[2]
        ),
        codename=wanted.codename,
        defaults={
            "name": f"Can {wanted.verb} {wanted.model.partition('.')[2]}"
        },  # publish, lock: Wagtail's, made later
    )
    if wanted.model in COLLECTION_MODELS:
        root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=group, collection=root, permission=permission
        )
    else:
        group.permissions.add(permission)


def _make_permissions(apps: Apps, app: str, database: str) -> None:
    """Django makes permissions after all migrations; a migration that needs them earlier must ask."""
    config = apps.get_app_config(app)
    config.models_module = True
    create_permissions(config, apps=apps, using=database, verbosity=0)
    config.models_module = None
