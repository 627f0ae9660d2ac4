"""Who signs in to the demo city."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.api import Membership, User, add_membership, ensure_user
from cms.models import DepartmentPage
from cms.services.roles import ensure_department_roles, sync_editing_duties

EDITED = ("buergerservice", "steuern")  # the editors' departments: what they may not touch can be shown too
YOUTH = "jugend"
LED = ("steuern", YOUTH)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A sign-in of the demo city and what it is for."""

    email: str
    first_name: str
    last_name: str
    purpose: str


CITIZEN = DemoPerson("buergerin@jena.example", "Mira", "Albrecht", "Bürgerin")
EDITOR = DemoPerson("redaktion@jena.example", "Rita", "Sommer", "Redaktion Bürgerservice und Steuern")
CHIEF = DemoPerson("chefredaktion@jena.example", "Karla", "Winter", "Chefredaktion, veröffentlicht")
CLERK = DemoPerson("sachbearbeitung@jena.example", "Jonas", "Berg", "Sachbearbeitung, alle Ämter außer Jugend")
YOUTH_CLERK = DemoPerson("sachbearbeitung-jugend@jena.example", "Aylin", "Kaya", "Sachbearbeitung Jugend und Bildung")
LEAD = DemoPerson("leitung@jena.example", "Helga", "Brandt", "Leitung Steuern und Jugend, gibt Ausgaben frei")
ADMIN = DemoPerson("admin@jena.example", "Ada", "Vogel", "Administration, darf alles")
PEOPLE = (CITIZEN, EDITOR, CHIEF, CLERK, YOUTH_CLERK, LEAD, ADMIN)


def load_people(departments: dict[str, DepartmentPage], password: str) -> None:
    """Groups of all departments and the sign-ins. Passwords of existing people stay."""
    groups = {key: ensure_department_roles(page.unit.identity, page) for key, page in departments.items()}
    users = {person: _ensure(person, password) for person in PEOPLE}
    for key in EDITED:
        if key in groups:
            users[EDITOR].groups.add(groups[key]["editor"])
            users[CHIEF].groups.add(groups[key]["chief"])
    for person in (EDITOR, CHIEF):
        sync_editing_duties(users[person])
    for key in departments:
        clerk = users[YOUTH_CLERK] if key == YOUTH else users[CLERK]
        add_membership(clerk, departments[key].unit.identity)
        if key in LED:
            add_membership(users[LEAD], departments[key].unit.identity, role=Membership.Role("lead"))


def _ensure(person: DemoPerson, password: str) -> User:
    return ensure_user(
        person.email,
        password=password,
        first_name=person.first_name,
        last_name=person.last_name,
        is_superuser=person is ADMIN,
    )
