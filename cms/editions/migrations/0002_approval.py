"""The workflow that designs go through unless an administrator draws another: one judgement, by approvers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.accounts.roles import APPROVER

NAME = "Approval"


def make_workflow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    models = apps.get_model
    models("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    kind, _made = models("contenttypes", "ContentType").objects.get_or_create(app_label="editions", model="judgement")
    judgement = models("editions", "Judgement").objects.create(name=NAME, content_type=kind, active=True)
    judgement.groups.add(models("auth", "Group").objects.get(name=APPROVER))
    workflow = models("wagtailcore", "Workflow").objects.create(name=NAME, active=True)
    models("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=judgement.task_ptr, sort_order=0)


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(make_workflow, migrations.RunPython.noop)]
