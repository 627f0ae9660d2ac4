"""Pop-up lists from which editors choose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class FormChooserViewSet(ChooserViewSet):
    """Chooses a form of the form engine."""

    model = "forms_engine.Form"
    icon = "form"
    choose_one_text = _("Formular wählen")
    choose_another_text = _("Anderes Formular wählen")
    edit_item_text = _("Dieses Formular bearbeiten")


form_chooser_viewset = FormChooserViewSet("form_chooser", url_prefix="formular-auswahl")
