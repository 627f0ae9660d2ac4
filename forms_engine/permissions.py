"""Every rule of this app on one screen.

| who                                   | may                                                              |
| ------------------------------------- | ---------------------------------------------------------------- |
| anybody                               | start a draft of a published form                                |
| whoever holds the draft's token       | read, change, submit, delete the draft                           |
| whoever holds the access code         | read status, notes and summary of the application                |
| the account that started a draft      | list the applications of it, read them as with the access code   |
| a clerk or lead of the unit           | list, read, assign, answer its cases; resend its dead deliveries |
| a clerk or lead of the unit           | ask for a file of many of its applications; allow a colleague's  |
| an administrator (superuser) by rank  | none of the above: rights to cases come from work in a unit only |
| an editor or chief editor of the unit | model its forms                                                  |
| a chief editor of the unit            | put its forms online and take them off                           |
| a chief editor of the unit            | offer to move open drafts to the version online                  |
| an editor of any unit                 | use sections: of their units, and those offered to all           |
| a chief editor of the unit            | offer its sections to all units                                  |
| an administrator (superuser)          | model and publish all forms                                      |
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.api import Membership, Person, edited_units_of, is_member, published_units_of
from forms_engine.models import Case, Form, Submission


def visible_cases(person: Person) -> QuerySet[Case]:
    """Cases of the active units a person works in."""
    if not person.is_authenticated or not person.is_active:
        return Case.objects.none()
    works_there = Membership.objects.filter(
        unit=OuterRef("unit"), user=person, role__in=Membership.CASE_WORK, unit__is_active=True
    )
    return Case.objects.filter(Exists(works_there))


def can_work_on(person: Person, case: Case) -> bool:
    """True when the person works in the unit of the case."""
    return is_member(person, case.unit)


def own_submissions(person: Person) -> QuerySet[Submission]:
    """What came of drafts that the person started while signed in."""
    if not person.is_authenticated or not person.is_active:
        return Submission.objects.none()
    return Submission.objects.filter(owner=person)


def editable_forms(person: Person) -> QuerySet[Form]:
    """Forms a person may model."""
    return Form.objects.filter(unit__in=edited_units_of(person))


def can_edit(person: Person, form: Form) -> bool:
    """True when the person models forms of this form's unit."""
    return edited_units_of(person).filter(pk=form.unit_id).exists()


def can_publish(person: Person, form: Form) -> bool:
    """True when the person puts forms of this form's unit online."""
    return published_units_of(person).filter(pk=form.unit_id).exists()


def usable_sections(person: Person) -> QuerySet[Form]:
    """Published sections a person may put into a form: of units they edit for, and those offered to all."""
    if not person.is_authenticated or not person.is_active:
        return Form.objects.none()
    own_or_offered = Q(unit__in=edited_units_of(person)) | Q(is_offered=True)
    return Form.objects.filter(own_or_offered, is_section=True, live__isnull=False)
