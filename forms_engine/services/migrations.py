"""Publishing and withdrawing migrations between two versions of a form, and the route they make together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.api import User
from common.api import audit, clock
from forms_engine.domain.migration import Hop, MigrationProblem, check_migration, read_migration
from forms_engine.models import FlowMigration, FlowVersion, Form
from forms_engine.permissions import can_publish
from forms_engine.services.flows import cached_flow


class MigrationRefused(ValueError):
    """The migration would lose or mix up answers, or lead in a circle; `problems` says where."""

    def __init__(self, problems: list[MigrationProblem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Route:
    """From a version to the newest that published migrations lead to. `forbidden`: why the first may not stay."""

    hops: list[Hop]
    migrations: list[int]
    source: FlowVersion
    target: FlowVersion
    forbidden: Mapping[str, str]


def publish_migration(
    form: Form, document: dict[str, Any], *, by: User | None, forbidden: Mapping[str, str] | None = None
) -> FlowMigration:
    """Offer the migration to all who have an open draft of its old version. One that was offered before is withdrawn.
    Raises PermissionDenied, MigrationUnreadable, MigrationRefused."""
    if by is not None and not can_publish(by, form):
        raise PermissionDenied
    migration = read_migration(document)
    versions = {
        version.hash: version for version in form.versions.filter(hash__in=[migration.source, migration.target])
    }
    source, target = versions.get(migration.source), versions.get(migration.target)
    if source is None or target is None or source == target:
        message = "Ein Umzug führt von einer veröffentlichten Version zu einer anderen."
        raise MigrationRefused([MigrationProblem("other_versions", "", message)])
    problems = check_migration(cached_flow(source), cached_flow(target), migration)
    if problems:
        raise MigrationRefused(problems)
    with transaction.atomic():
        Form.objects.select_for_update().get(pk=form.pk)
        _refuse_circle(form, source, target)
        form.migrations.filter(source=source, withdrawn_at=None).update(withdrawn_at=clock.now())
        made = FlowMigration.objects.create(
            form=form,
            source=source,
            target=target,
            document=document,
            forbidden=dict(forbidden or {}),
            published_at=clock.now(),
            published_by=by,
        )
        audit.record(actor=by, action="migration.publish", obj=f"form:{form.key}", reason=_ends(made))
    return made


def withdraw_migration(migration: FlowMigration, *, by: User | None) -> None:
    """Offer it no longer. Who has moved stays where they are. Raises PermissionDenied."""
    if by is not None and not can_publish(by, migration.form):
        raise PermissionDenied
    with transaction.atomic():
        offered = FlowMigration.objects.filter(pk=migration.pk, withdrawn_at=None)
        if offered.update(withdrawn_at=clock.now()):
            obj = f"form:{migration.form.key}"
            audit.record(actor=by, action="migration.withdraw", obj=obj, reason=_ends(migration))


def find_route(version: FlowVersion) -> Route | None:
    """Where drafts of a version may go, over as many migrations as there are; None when nowhere, and for the version
    that is online."""
    offered = FlowMigration.objects.filter(form_id=version.form_id, withdrawn_at=None)
    offered = offered.exclude(source_id=F("form__live_id")).select_related("source", "target")
    away = {one.source_id: one for one in offered.defer("source__document", "target__document")}
    chain, at = [], version.pk
    while (found := away.pop(at, None)) is not None:
        chain.append(found)
        at = found.target_id
    if not chain:
        return None
    numbers = [one.pk for one in chain]
    return Route([hop_of(one) for one in chain], numbers, chain[0].source, chain[-1].target, chain[0].forbidden)


def list_hops(numbers: list[int]) -> list[Hop]:
    """The hops of migrations that were carried out, in this order, also of withdrawn ones."""
    found = FlowMigration.objects.select_related("source", "target").defer("source__document", "target__document")
    by_number = found.in_bulk(numbers)
    return [hop_of(by_number[number]) for number in numbers]


def hop_of(migration: FlowMigration) -> Hop:
    old, new = cached_flow(migration.source), cached_flow(migration.target)
    return Hop(old, new, read_migration(migration.document))


def _refuse_circle(form: Form, source: FlowVersion, target: FlowVersion) -> None:
    offered = form.migrations.filter(withdrawn_at=None).exclude(source=source)
    away = dict(offered.values_list("source_id", "target_id"))
    at: int | None = target.pk
    while (at := away.pop(at, None)) is not None:
        if at == source.pk:
            message = (
                f"Ein anderer Umzug führt schon von Version {target.number} zu Version {source.number}. "
                "Bitte ziehen Sie ihn zuerst zurück."
            )
            raise MigrationRefused([MigrationProblem("circle", "", message)])


def _ends(migration: FlowMigration) -> str:
    return f"v{migration.source.number} → v{migration.target.number}"
