"""Builds small pieces of a city for tests. Each function makes what it names and what that needs, nothing more."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page, Site

from accounts.api import Unit, User, ensure_unit
from cms.models import DepartmentPage, HomePage, OrganisationalUnit, ServicePage

PASSWORD = "korrekt-pferd-batterie"


def make_locale(code: str = "de") -> Locale:
    locale, _created = Locale.objects.get_or_create(language_code=code)
    return locale


def make_home(code: str = "de") -> HomePage:
    home = HomePage.objects.filter(locale__language_code=code).first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title="Jena", slug=f"jena-{code}", locale=make_locale(code)))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Jena"}
        )
    return home


def make_unit(key: str = "steuern", name: str = "Fachdienst Steuern", **fields: Any) -> OrganisationalUnit:
    unit = OrganisationalUnit.objects.filter(slug=key, locale=make_locale()).first()
    return unit or OrganisationalUnit.objects.create(slug=key, name=name, locale=make_locale(), **fields)


def make_department(key: str = "steuern", name: str = "Fachdienst Steuern") -> DepartmentPage:
    page = DepartmentPage(title=name, slug=key, unit=make_unit(key, name))
    return make_home().add_child(instance=page)


def make_service(department: DepartmentPage, title: str = "Hund anmelden", **fields: Any) -> ServicePage:
    values = {"responsible_unit": department.unit, "channels": [("phone", {"phone": "03641 49-0022"})]} | fields
    return department.add_child(instance=ServicePage(title=title, **values))


def make_user(email: str = "redaktion@jena.example", *groups: Any, **fields: Any) -> User:
    user = User.objects.create_user(email, PASSWORD, **({"first_name": "Rita", "last_name": "Muster"} | fields))
    user.groups.add(*groups)
    return user


def make_identity(key: str = "steuern", name: str = "Fachdienst Steuern") -> Unit:
    return ensure_unit(key, name=name)
