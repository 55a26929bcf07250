"""Five roles in place of Wagtail's two, which are about pages."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.accounts.roles import ADMINISTRATOR, APPROVER, DESIGNER, EDITOR, MISSION, granting

STAFF = (DESIGNER, EDITOR, APPROVER, ADMINISTRATOR)


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name__in=("Moderators", "Editors"), user=None).delete()
    for name in (*STAFF, MISSION):
        groups.get_or_create(name=name)
    access = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in STAFF:
        groups.get(name=name).permissions.add(access)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop), granting("accounts")]
