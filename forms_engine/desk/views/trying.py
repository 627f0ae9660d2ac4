"""Trying a form out in the admin, and its saved test cases with their coverage."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from forms_engine.desk import trying
from forms_engine.desk.access import desk_page, desk_view, save_draft
from forms_engine.domain import Evaluation, FlowInvalid, Trial, open_trial, summary_view, trials
from forms_engine.domain.findings import errors_of
from forms_engine.domain.trials.case import LONGEST_NAME
from forms_engine.models import Form

Answers = trying.Answers


@desk_view
def try_page(request: HttpRequest, form: Form) -> HttpResponse:
    """Answer the draft like an applicant and see what follows; nothing is stored."""
    trial = _trial(form)
    if trial is None:
        return _unreadable(request, form)
    if request.method == "POST":
        answers = trying.read_answers(request.POST, trial.flow)
        name = "confirm" if "confirm" in request.POST or "name" in request.POST else "try"
        return PAGES[name](request, form, trial, answers, request.POST.get("case", ""))
    raw = trials.find_case(form.draft, request.GET.get("fall", "")) or {}
    return _try(request, form, trial, dict(raw.get("answers") or {}), str(raw.get("id", "")))


def _trial(form: Form) -> Trial | None:
    try:
        return open_trial(form.draft)
    except FlowInvalid:
        return None


def _unreadable(request: HttpRequest, form: Form) -> HttpResponse:
    """A draft that cannot be read cannot be tried: say what keeps it from that."""
    try:
        open_trial(form.draft)
    except FlowInvalid as invalid:
        return desk_page(request, "try_not.html", form, title="Ausprobieren", findings=errors_of(invalid.findings)[:20])
    raise Http404


def _day(request: HttpRequest, form: Form, case_id: str) -> Any:
    raw = trials.find_case(form.draft, case_id) or {}
    return trying.read_day(request.POST.get("today", "") or str(raw.get("today", "")))


def _outcome(request: HttpRequest, form: Form, trial: Trial, answers: Answers, case_id: str) -> dict[str, Any]:
    day = _day(request, form, case_id)
    evaluation = trying.evaluate_trial(trial.flow, answers, day, settings.MUNICIPALITY_KEY)
    return {
        "title": "Ausprobieren",
        "day": day.isoformat(),
        "answers": json.dumps(answers, ensure_ascii=False),
        "evaluation": evaluation,
        "case": trials.find_case(form.draft, case_id),
        "expectations": trials.list_expectations(trial.flow, evaluation),
    }


def _try(request: HttpRequest, form: Form, trial: Trial, answers: Answers, case_id: str) -> HttpResponse:
    context = _outcome(request, form, trial, answers, case_id)
    evaluation: Evaluation = context["evaluation"]
    judgements = trials.judge_rules(trial.flow, list(trial.ruled), evaluation)
    context |= {
        "pages": trying.list_pages(trial.flow, evaluation, answers),
        "path": [line for line in context["expectations"] if line.kind == "steps"],
        "values": [line for line in context["expectations"] if line.kind == "values"],
        "requirements": [line for line in context["expectations"] if line.kind == "requirements"],
        "problems": [(p.path, p.label("de"), p.message("de")) for p in evaluation.errors],
        "judgements": judgements,
        "summary": summary_view(trial.flow, evaluation, "de", answers)["sections"],
    }
    return desk_page(request, "try.html", form, **context)


def _confirm(request: HttpRequest, form: Form, trial: Trial, answers: Answers, case_id: str) -> HttpResponse:
    """Second page: what is expected is what an editor confirms line by line, or all of it by one button."""
    context = _outcome(request, form, trial, answers, case_id)
    lines = context["expectations"]
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    expected = trying.read_expected(request, lines) if request.POST.get("confirm") in {"all", "chosen"} else None
    if expected is not None and name and expected:
        case: dict[str, Any] = {"name": name, "today": context["day"], "municipality": settings.MUNICIPALITY_KEY}
        case |= {"answers": answers, "expected": expected} | ({"id": case_id} if context["case"] else {})
        document, saved_id = trials.put_case(form.draft, case)
        save_draft(request, form, document, f"Testfall „{name}“ gespeichert")
        messages.success(request, f"Der Testfall „{name}“ ist gespeichert.")
        return redirect(f"{reverse('desk:tests', args=[form.key])}#{saved_id}")
    problem = "" if expected is None else "Bitte geben Sie dem Testfall einen Namen."
    if expected == {} and name:
        problem = "Bitte bestätigen Sie mindestens eine Zeile."
    context |= {"title": "Als Testfall speichern", "name": name or (context["case"] or {}).get("name", "")}
    return desk_page(request, "try_confirm.html", form, status=422 if problem else 200, problem=problem, **context)


PAGES = {"try": _try, "confirm": _confirm}


@desk_view
def tests_page(request: HttpRequest, form: Form) -> HttpResponse:
    """The saved test cases, green or red, and which rules they exercise."""
    trial = _trial(form)
    if trial is None:
        return _unreadable(request, form)
    results = trials.run_cases(trial.flow, trial.cases)
    coverage = trials.measure_coverage(trial.flow, trial.ruled, results)
    red = sum(not result.is_green for result in results)
    context: dict[str, Any] = {"title": "Testfälle", "results": results, "coverage": coverage, "red": red}
    return desk_page(request, "tests.html", form, **context)


@require_POST
@desk_view
def delete_test(request: HttpRequest, form: Form) -> HttpResponse:
    """Remove a test case; the history brings it back."""
    raw = trials.find_case(form.draft, request.POST.get("case", ""))
    if raw is None:
        raise Http404
    save_draft(request, form, trials.delete_case(form.draft, str(raw["id"])), f"Testfall „{raw.get('name')}“ gelöscht")
    messages.success(request, f"Der Testfall „{raw.get('name')}“ ist gelöscht.")
    return redirect("desk:tests", key=form.key)
