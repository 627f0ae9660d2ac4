"""Short names that addresses, files and imports refer to things by."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

KEY = RegexValidator(r"^[a-z][a-z0-9-]{0,59}$", _("Kleinbuchstaben, Ziffern und Bindestriche."))
