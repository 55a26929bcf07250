from django.db import migrations

from cms.accounts.roles import granting


class Migration(migrations.Migration):
    dependencies = [("library", "0004_drawing"), ("accounts", "0002_roles")]
    operations = [granting("library", only="library.drawing")]
