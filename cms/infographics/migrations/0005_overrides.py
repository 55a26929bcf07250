from django.db import migrations, models


class Migration(migrations.Migration):
    """One placement may show something in another way."""

    dependencies = [("infographics", "0004_translation")]
    operations = [
        migrations.AddField(
            model_name="infographic",
            name="overrides",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What single placements show in another way. All else follows the blocks and their changes.",
                verbose_name="differences by placement",
            ),
        ),
    ]
