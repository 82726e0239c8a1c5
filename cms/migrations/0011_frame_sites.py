from django.db import migrations, models

import cms.models.settings


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0010_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="frame_sites",
            field=models.TextField(
                blank=True,
                help_text="One address a line, as “https://www.example.org”. A plain link needs none.",
                validators=[cms.models.settings.validate_origins],
                verbose_name="websites that may show self-checks in a frame",
            ),
        ),
    ]
