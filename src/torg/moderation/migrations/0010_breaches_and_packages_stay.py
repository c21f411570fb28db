"""The register of breaches loses nothing, a package for the police never changes, and reports are never deleted."""

from django.db import migrations

from torg.core.tables import append_only, revoke


class Migration(migrations.Migration):
    dependencies = [("moderation", "0009_breaches_and_evidence_for_the_police")]

    operations = [
        *append_only("moderation_policepackage"),
        revoke("moderation_breach", "DELETE, TRUNCATE"),
        revoke("moderation_citizenreport", "DELETE, TRUNCATE"),
    ]
