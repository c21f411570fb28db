"""How somebody who reads hard things wants to see them."""

from django.db import models

from torg.people.models import Person


class Viewing(models.Model):
    """One person's own choices, and nobody else's business: pictures blurred and grey, gross text folded."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="viewing")
    blurs_pictures = models.BooleanField(default=True)
    greys_pictures = models.BooleanField(default=False)
    folds_gross_text = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.person_id)
