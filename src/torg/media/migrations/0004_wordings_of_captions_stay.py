"""Captions are known by their hash, and a wording that is replaced stays: articles were approved with it."""

from django.db import migrations, models
from django.db.models import Q

# On the way back there is room for one wording in each language: the one of today.
ONE = "DELETE FROM media_captions WHERE replaced_at IS NOT NULL"
HASH = "UPDATE media_captions SET sha256 = encode(sha256(convert_to(vtt, 'UTF8')), 'hex')"


class Migration(migrations.Migration):
    dependencies = [("media", "0003_films_in_sizes_with_a_chosen_poster")]

    operations = [
        migrations.AddField("captions", "replaced_at", models.DateTimeField(null=True)),
        migrations.AddField("captions", "sha256", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunSQL(HASH, migrations.RunSQL.noop),
        migrations.RemoveConstraint("captions", "one_set_of_captions_a_language"),
        migrations.RunSQL(migrations.RunSQL.noop, ONE),
        migrations.AddConstraint(
            "captions",
            models.UniqueConstraint(
                name="one_set_of_captions_a_language",
                fields=["medium", "language"],
                condition=Q(replaced_at=None),
            ),
        ),
        migrations.AddConstraint(
            "captions", models.UniqueConstraint(name="captions_kept_once", fields=["medium", "language", "sha256"])
        ),
    ]
