"""Pop-up lists from which editors choose."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from forms_engine.api import Form, search_forms


class FormChooserViewSet(ChooserViewSet):
    """Chooses a form of the form engine that people can fill in; sections of forms are none."""

    model = "forms_engine.Form"
    icon = "form"
    choose_one_text = _("Formular wählen")
    choose_another_text = _("Anderes Formular wählen")
    edit_item_text = _("Dieses Formular bearbeiten")

    def get_object_list(self) -> QuerySet[Form]:
        return search_forms("")


form_chooser_viewset = FormChooserViewSet("form_chooser", url_prefix="formular-auswahl")
