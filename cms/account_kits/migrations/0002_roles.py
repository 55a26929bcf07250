from django.db import migrations

from cms.accounts.roles import granting


class Migration(migrations.Migration):
    dependencies = [("account_kits", "0001_initial"), ("accounts", "0002_roles")]
    operations = [granting("account_kits")]
