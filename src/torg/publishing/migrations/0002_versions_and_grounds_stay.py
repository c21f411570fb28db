"""What an article said, who approved it, why it was corrected or withdrawn: written once, and never changed."""

from django.db import migrations

from torg.core.tables import append_only

KEPT = (
    "publishing_articleversion",
    "publishing_articletext",
    "publishing_articlepicture",
    "publishing_articlefilm",
    "publishing_channeltext",
    "publishing_versionapproval",
    "publishing_gateoverride",
    "publishing_correction",
    "publishing_postwithdrawal",
    "publishing_figure",
)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_articles_plan_posts_and_figures")]

    operations = [operation for table in KEPT for operation in append_only(table)]
