from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="letter_keys",
            field=models.BooleanField(
                default=True,
                help_text=(
                    "In the clip editor letters and signs alone play, split and find. Switch them off if you dictate, "
                    "or press keys by accident: keys with Ctrl or Alt, arrows, Enter and Space go on working."
                ),
                verbose_name="keys of a single character",
            ),
        )
    ]
