from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def judge_clips(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="clips", model="clip")
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get(name="Approval")
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(workflow=workflow, content_type=kind)


class Migration(migrations.Migration):
    dependencies = [("clips", "0002_roles"), ("editions", "0002_approval")]
    operations = [migrations.RunPython(judge_clips, migrations.RunPython.noop)]
