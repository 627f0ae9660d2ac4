"""Taking over a carrier's list. Idempotent; a wrong line does not stop the others; a dry run leaves nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from accounts.api import User, ensure_user
from common.api import audit, clock
from messaging import problems
from messaging.importers.carrier_list import Row
from messaging.models import Child, Controller, Facility, StaffRole
from messaging.permissions import STAFF_EARLY_DAYS
from messaging.services.places import ensure_group
from messaging.services.relations import add_guardianship, place_child


@dataclass(frozen=True)
class Line:
    """What became of a line: new, changed, same or error; `text` says it to a person."""

    line: int
    state: str
    text: str


@dataclass
class Report:
    """All lines, and how many of each kind."""

    is_dry_run: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Lines by state, with all states."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in ("new", "changed", "same", "error")}


def facilities_to_import(person: User) -> list[Facility]:
    """Those a head leads today, or all of the carrier whose office the person works in. Raises 404 for nobody."""
    roles = StaffRole.objects.on(clock.today(), early_days=STAFF_EARLY_DAYS).filter(person=person)
    led = [role.facility_id for role in roles.filter(role="head")]
    carriers = [role.controller_id for role in roles.filter(role__in=("carrier_office", "city_office"))]
    found = Facility.objects.filter(pk__in=led) | Facility.objects.filter(controller__in=carriers)
    facilities = list(found.select_related("controller").distinct())
    if not facilities:
        raise problems.not_found()
    return facilities


def import_list(
    rows: Iterable[Row], facilities: Iterable[Facility], *, is_dry_run: bool, by: User | None = None
) -> Report:
    """Take the lines over into these facilities and no others, in one transaction."""
    by_name = {name: facility for facility in facilities for name in (facility.name.lower(), facility.key)}
    report = Report(is_dry_run)
    with transaction.atomic():
        for row in rows:
            report.lines.append(_import_row(row, by_name, by))
        if is_dry_run:
            transaction.set_rollback(True)
        else:
            audit.record(actor=by, action="children.import", obj=f"lines:{len(report.lines)}")
    return report


def _import_row(row: Row, facilities: dict[str, Facility], by: User | None) -> Line:
    if row.error:
        return Line(row.line, "error", row.error)
    facility = facilities.get(row.facility.lower())
    if facility is None:
        return Line(row.line, "error", f"„{row.facility}“ ist keine Einrichtung, für die Sie importieren dürfen.")
    child, is_new = _child(row, facility.controller)
    changed = _update_child(child, row)
    changed |= _place(child, row, facility, by)
    changed |= _guardian(child, row, by)
    state = "new" if is_new else "changed" if changed else "same"
    return Line(row.line, state, f"{child.name_shown}, {facility.name} – {row.group}")


def _child(row: Row, controller: Controller) -> tuple[Child, bool]:
    names = {"name_shown": row.child, "school_year": row.school_year}
    return Child.objects.get_or_create(controller=controller, external_key=row.number, defaults=names)


def _update_child(child: Child, row: Row) -> bool:
    if (child.name_shown, child.school_year) == (row.child, row.school_year):
        return False
    child.name_shown, child.school_year = row.child, row.school_year
    child.save(update_fields=["name_shown", "school_year"])
    return True


def _place(child: Child, row: Row, facility: Facility, by: User | None) -> bool:
    """The list says where the child is from its day on: an earlier placement elsewhere ends then."""
    group = ensure_group(facility, row.group)
    before = list(child.placements.order_by("pk").values_list("pk", "valid_from", "valid_until"))
    place_child(child, group, valid_from=row.begins, valid_until=row.ends, by=by)
    return before != list(child.placements.order_by("pk").values_list("pk", "valid_from", "valid_until"))


def _guardian(child: Child, row: Row, by: User | None) -> bool:
    if not row.email:
        return False
    person = ensure_user(row.email, password=None, first_name=row.first_name, last_name=row.last_name)
    rights = {"basis": row.basis, "has_information_right": row.is_informed, "may_pick_up": row.may_pick_up}
    running = child.guardianships.on(clock.today()).filter(person=person, **rights).first()
    if running is not None:
        return False
    add_guardianship(child, person, valid_from=clock.today(), by=by, **rights)
    return True
