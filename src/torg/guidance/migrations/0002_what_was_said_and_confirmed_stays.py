"""What was said, decided and confirmed is never written over."""

from django.db import migrations

from torg.core.tables import append_only


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_texts_learning_advice_and_elections")]

    operations = [
        *append_only("guidance_owntext"),
        *append_only("guidance_acknowledgement"),
        *append_only("guidance_completion"),
        *append_only("guidance_advicemessage"),
    ]
