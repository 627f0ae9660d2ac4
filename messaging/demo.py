"""Kitas of the demo city: invented people, real-sounding texts. Safe to run again: only what is missing is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.api import User, ensure_user
from common.api import clock
from messaging.models import Child, Conversation, Council, Facility, Group, Mailbox
from messaging.services import bulletins, places, relations
from messaging.services.threads import Opening, write_to_guardians

NAMESPACE = uuid.UUID("5b5c4e0e-6f0b-4c55-9a5e-9d7a3c1f2b10")
KITAS = (
    ("kita-sonnenschein", "Kita Sonnenschein", "stadt-jena", "Lobeda", ("Igel", "Füchse", "Bären")),
    ("kita-saaleknirpse", "Kita Saaleknirpse", "stadt-jena", "Zentrum", ("Frösche", "Libellen")),
    ("kita-regenbogen", "Kita Regenbogen", "traeger-diakonie", "Winzerla", ("Rot", "Gelb", "Blau")),
    ("kita-st-anna", "Kita St. Anna", "traeger-caritas", "Jena-Ost", ("Spatzen", "Meisen")),
    ("kita-waldwichtel", "Kita Waldwichtel", "traeger-waldkinder", "Jena-Nord", ("Eulen", "Spechte")),
)
CARRIERS = (
    ("traeger-diakonie", "Diakonie Saaletal (Demo)", "dsg-ekd"),
    ("traeger-caritas", "Caritas Saaletal (Demo)", "kdg"),
    ("traeger-waldkinder", "Waldkinder Jena e. V. (Demo)", "dsgvo"),
)
CHILDREN = (
    "Mia", "Emil", "Lina", "Jonas", "Aya", "Paul", "Frieda", "Oskar", "Layla", "Theo", "Ida", "Matteo", "Nora", "Anton",
    "Amira", "Karl", "Hanna", "Yusuf", "Clara", "Leo",
)  # fmt: skip
FAMILIES = ("Albrecht", "Becker", "Demir", "Ernst", "Haddad", "Kowalenko", "Lange", "Richter", "Schubert", "Vogel")
PER_GROUP = 5


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as."""

    email: str
    first_name: str
    last_name: str


PEOPLE = {
    "mother": DemoPerson("eltern@jena.example", "Samira", "Haddad"),
    "father": DemoPerson("eltern2@jena.example", "Jens", "Albrecht"),
    "head": DemoPerson("kita-leitung@jena.example", "Katrin", "Lange"),
    "educator": DemoPerson("erzieherin@jena.example", "Sophie", "Richter"),
    "carrier": DemoPerson("traeger@jena.example", "Uwe", "Schubert"),
    "city": DemoPerson("kita-stadt@jena.example", "Martina", "Vogel"),
    "city2": DemoPerson("kita-stadt2@jena.example", "Thomas", "Ernst"),
    "council": DemoPerson("beirat@jena.example", "Olena", "Kowalenko"),
}


def load_kita(*, password: str) -> int:
    """Five Kitas of the city and three carriers with groups, children, guardians, staff and councils, and what they
    have to say to each other. Returns how many rows are new; a second run returns 0."""
    before = _count()
    people = {
        key: ensure_user(p.email, password=password, first_name=p.first_name, last_name=p.last_name)
        for key, p in PEOPLE.items()
    }
    start = date(clock.today().year - 1, 8, 1)
    facilities = _places()
    _children(facilities, start)
    _relations(people, facilities, start)
    if not Conversation.objects.exists():
        _talk(people)
    return _count() - before


def _count() -> int:
    return Child.objects.count() + Group.objects.count() + User.objects.count() + Conversation.objects.count()


def _places() -> dict[str, Facility]:
    owners = {"stadt-jena": places.ensure_controller("stadt-jena", name="Stadt Jena", kind="city")}
    for key, name, regime in CARRIERS:
        owners[key] = places.ensure_controller(key, name=name, regime=regime)
    facilities = {}
    for key, name, owner, district, groups in KITAS:
        facility = places.ensure_facility(key, name=name, controller=owners[owner], district=district)
        for group in groups:
            places.ensure_group(facility, group)
        places.ensure_council(f"Elternbeirat {name}", controller=owners[owner], facility=facility)
        facilities[key] = facility
    places.ensure_council("Stadtelternbeirat Jena", controller=owners["stadt-jena"])
    return facilities


def _children(facilities: dict[str, Facility], start: date) -> None:
    number = 0
    for facility in facilities.values():
        for group in facility.groups.order_by("name"):
            for _ in range(PER_GROUP):
                number += 1
                _child(number, facility, group, start)


def _child(number: int, facility: Facility, group: Group, start: date) -> None:
    """A family: mostly two parents; every seventh child lives with one, every tenth with foster parents."""
    name = CHILDREN[number % len(CHILDREN)]
    child, is_new = Child.objects.get_or_create(
        controller=facility.controller,
        external_key=f"demo-{number}",
        defaults={"name_shown": name, "school_year": clock.today().year + 1 if number % 5 == 0 else None},
    )
    if not is_new:
        return
    relations.place_child(child, group, valid_from=start)
    family = FAMILIES[number % len(FAMILIES)]
    for place in range(1 if number % 7 == 0 else 2):
        parent = ensure_user(
            f"familie{number}.{place}@jena.example",
            password=None,
            first_name=("Maria", "Stefan")[place],
            last_name=family,
        )
        basis = "foster" if number % 10 == 0 else "parent"
        relations.add_guardianship(child, parent, valid_from=start, basis=basis)


def _relations(people: dict[str, User], facilities: dict[str, Facility], start: date) -> None:
    kita = facilities["kita-sonnenschein"]
    bears = kita.groups.get(name="Bären")
    city = kita.controller
    first = Child.objects.get(external_key="demo-1", controller=city)
    second = Child.objects.get(external_key="demo-2", controller=city)
    for child, who in ((first, "mother"), (second, "mother"), (first, "father"), (second, "council")):
        relations.add_guardianship(child, people[who], valid_from=start)
    relations.add_staff_role(people["head"], "head", valid_from=start, facility=kita)
    relations.add_staff_role(people["educator"], "educator", valid_from=start, group=bears)
    carrier = facilities["kita-regenbogen"].controller
    relations.add_staff_role(people["carrier"], "carrier_office", valid_from=start, controller=carrier)
    for who in ("city", "city2"):
        relations.add_staff_role(people[who], "city_office", valid_from=start, controller=city)
    for council in Council.objects.filter(facility=None) | Council.objects.filter(facility=kita):
        _elect(council, people["council"], start)


def _elect(council: Council, person: User, start: date) -> None:
    if not council.terms.filter(person=person).exists():
        elected = start + timedelta(days=60)
        relations.elect(council, person, seat="chair", elected_on=elected, valid_from=elected, record="Wahlprotokoll")


def _talk(people: dict[str, User]) -> None:
    """A thread and two bulletins, sent through the same services as everybody's."""
    bears = Mailbox.objects.get(group__facility__key="kita-sonnenschein", group__name="Bären")
    facility = Mailbox.objects.get(facility__key="kita-sonnenschein")
    city = Mailbox.objects.get(kind=Mailbox.Kind.CITY)
    child = Child.objects.get(external_key="demo-1", controller__kind="city")
    opening = Opening(
        uuid.uuid5(NAMESPACE, "wechselsachen"),
        "Wechselsachen",
        "Liebe Eltern,\n\nim Fach liegen keine Wechselsachen mehr. Bitte bringen Sie morgen eine Hose und zwei Paar "
        "Socken mit.\n\nHerzliche Grüße aus der Bärengruppe",
    )
    write_to_guardians(people["educator"], bears.public_id, [child.public_id], opening)
    _release(
        people["head"],
        facility,
        bulletins.Wanted(
            "Schließtag am Freitag",
            "Liebe Eltern,\n\nam kommenden Freitag bilden wir uns fort. Die Kita bleibt an diesem Tag geschlossen. "
            "Bitte bestätigen Sie, dass Sie Bescheid wissen.\n\nIhre Kita Sonnenschein",
            [f"guardians@f{facility.facility_id}"],
            wants_confirmation=True,
        ),
    )
    _release(
        people["city"],
        city,
        bulletins.Wanted(
            "Anmeldung für das neue Kita-Jahr",
            "Liebe Eltern,\n\nab Montag melden Sie Ihr Kind für das neue Kita-Jahr online an. Sie brauchen dafür nur "
            "die Geburtsurkunde.\n\nIhr Fachdienst Jugend der Stadt Jena",
            ["guardians@city"],
        ),
        second=people["city2"],
    )


def _release(person: User, box: Mailbox, wanted: bulletins.Wanted, second: User | None = None) -> None:
    """The way a bulletin goes, with its minute already over."""
    bulletin = bulletins.draft_bulletin(person, box.public_id, wanted)
    told = bulletins.told_count(bulletin, bulletins.count_recipients(bulletin))
    bulletin = bulletins.submit_bulletin(person, bulletin.public_id, recipients=told)
    if second is not None:
        bulletin = bulletins.approve_bulletin(second, bulletin.public_id, recipients=told)
    bulletin.release_at = clock.now()
    bulletin.save(update_fields=["release_at"])
    bulletins.release_bulletin(bulletin.pk)
