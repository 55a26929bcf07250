from django.db import migrations

from cms.accounts.roles import granting


class Migration(migrations.Migration):
    """Who writes designs may write them in every language."""

    dependencies = [("infographics", "0003_approval"), ("simple_translation", "0001_initial")]
    operations = [granting("simple_translation")]
