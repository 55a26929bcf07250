from django.db import migrations, models

FITS = [
    ("crop", "cut to fill the frame"),
    ("faces", "cut to fill the frame, following faces"),
    ("pad", "whole, before its own blur"),
]


class Migration(migrations.Migration):
    dependencies = [("clips", "0003_approval")]

    operations = [
        migrations.AlterField(
            model_name="clip",
            name="fit",
            field=models.CharField(choices=FITS, default="crop", max_length=8, verbose_name="fit"),
        ),
        migrations.AlterField(
            model_name="framing",
            name="fit",
            field=models.CharField(choices=FITS, default="crop", max_length=8, verbose_name="fit"),
        ),
    ]
