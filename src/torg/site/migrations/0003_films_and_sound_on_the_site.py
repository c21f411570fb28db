"""Films and sound stand on the site with their captions and posters, beside the pictures."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site", "0002_choices_comments_pictures_and_listings")]

    operations = [
        migrations.RenameModel(old_name="PictureCopy", new_name="MediumCopy"),
        migrations.AlterModelOptions(name="mediumcopy", options={"verbose_name_plural": "medium copies"}),
        migrations.RemoveConstraint(model_name="mediumcopy", name="one_copy_of_each_size"),
        migrations.AddField(
            model_name="mediumcopy", name="language", field=models.CharField(blank=True, default="", max_length=8)
        ),
        migrations.AddField(
            model_name="mediumcopy", name="media_type", field=models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AlterField(
            model_name="mediumcopy", name="language", field=models.CharField(blank=True, max_length=8)
        ),
        migrations.AlterField(
            model_name="mediumcopy", name="media_type", field=models.CharField(blank=True, max_length=60)
        ),
        migrations.AddConstraint(
            model_name="mediumcopy",
            constraint=models.UniqueConstraint(
                fields=("medium_id", "shape", "width", "language"), name="one_copy_of_each_form"
            ),
        ),
    ]
