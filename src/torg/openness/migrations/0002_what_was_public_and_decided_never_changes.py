"""What has been public, and what was decided about access, is never changed or deleted."""

from django.db import migrations

from torg.core.tables import append_only, revoke


class Migration(migrations.Migration):
    dependencies = [("openness", "0001_the_public_journal_and_access_requests")]

    operations = [
        *append_only("openness_publicationchange"),
        *append_only("openness_accessdecision"),
        *append_only("openness_accesscomplaint"),
        *append_only("openness_handedout"),
        revoke("openness_publicentry", "DELETE, TRUNCATE"),
        revoke("openness_accessrequest", "DELETE, TRUNCATE"),
    ]
