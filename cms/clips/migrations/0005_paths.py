from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clips", "0004_faces")]

    operations = [
        migrations.AddField(
            model_name="clip",
            name="paths",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Where a frame looks, and when. It stands on the subject where there are none.",
                verbose_name="key frames",
            ),
        ),
        migrations.CreateModel(
            name="FoundPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("keys", models.JSONField()),
                ("found_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
