"""Random small forms whose answers can all be tried: what the analysis claims is compared with what happens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from tests.forms_engine.domain.flows import Json, document, group, node, options, step

DAYS = ["2026-02-20", "2026-03-01", "2026-03-15"]  # before, on and after the day of the test
QUESTIONS: list[tuple[str, Json, list[Any]]] = [
    ("yes_no", {}, [None, True, False]),
    ("choice", {"options": options("a", "b", "c")}, [None, "a", "b", "c"]),
    ("integer", {"min": 0, "max": 2}, [None, 0, 1, 2]),
    ("multi_choice", {"options": options("x", "y")}, [None, ["x"], ["y"], ["x", "y"]]),
    ("date", {"max": "today"}, [None, *DAYS[:2]]),
    ("date", {}, [None, *DAYS]),
    ("date", {"min": "today-18y"}, [None, "2009-03-01", "2026-03-01"]),
    ("text", {"max_length": 2}, [None, "u", "uv"]),
]


class SmallForm:
    """Five questions over two steps, one group, a calculated value; about half of them under a condition."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.known: list[tuple[str, str]] = []  # path and kind of what was asked before
        self.answers: dict[str, list[Any]] = {}
        first = step("one", *[self.question("one", f"q{at}") for at in range(3)])
        second = step("two")
        if self.random.random() < 0.5:
            second["when"] = self.condition(2)
        shown = {"visible": self.condition(2)} if self.random.random() < 0.7 else {}
        inside = group("g", self.question("two.g", "q3"), **shown)
        second["nodes"] = [inside, self.calculated(), self.question("two", "q4"), self.question("two", "q5")]
        self.document = document(first, second)

    def question(self, parent: str, name: str) -> Json:
        kind, settings, answers = self.random.choice(QUESTIONS)
        made = node(name, kind, **settings, required=False)
        path = f"{parent}.{name}"
        if self.known and self.random.random() < 0.6:
            made["visible"] = self.condition(2)
        if self.known and self.random.random() < 0.3:
            made["required"] = self.condition(2)
        if self.known and kind == "choice":
            made["options"] = [one | ({"visible": self.condition(1)} if self.random.random() < 0.4 else {})
                               for one in made["options"]]  # fmt: skip
        if self.known and self.random.random() < 0.3:
            made["valid"] = [{"rule": self.condition(2), "message": {"de": "Nein."}}]
        self.known.append((path, kind))
        self.answers[path] = answers
        return made

    def calculated(self) -> Json:
        result, value = self.random.choice([("integer", self.number(2)), ("yes_no", self.condition(1))])
        made = node("sum", "calculated", result=result, value=value, show=False)
        if self.random.random() < 0.3:
            made["visible"] = self.condition(1)
        self.known.append(("two.sum", result))
        return made

    def pick(self, *kinds: str) -> str | None:
        found = [path for path, kind in self.known if kind in kinds]
        return self.random.choice(found) if found else None

    def condition(self, depth: int) -> Any:
        make = self.random.choice([self.joined, self.joined, self.joined, self.turned, self.chosen])
        return make(depth - 1) if depth else self.atom()

    def joined(self, depth: int) -> Any:
        parts = [self.condition(depth) for _ in range(self.random.randint(2, 3))]
        return {self.random.choice(["and", "and", "or"]): parts}

    def turned(self, depth: int) -> Any:
        return {"not": [self.condition(depth)]}

    def chosen(self, depth: int) -> Any:
        parts = [self.condition(depth) for _ in range(3)]
        return self.random.choice([{"if": parts}, {"xor": parts[:2]}, {"coalesce": [parts[0], False]}])

    def atom(self) -> Any:
        path, kind = self.random.choice(self.known)
        var, random = {"var": path}, self.random
        if random.random() < 0.15:
            return {"is_empty": [var]}
        if kind == "yes_no":
            return random.choice([var, {"==": [var, False]}, {"!=": [True, var]}])
        if kind == "choice":
            other = self.pick("choice")
            return random.choice(
                [
                    {"==": [var, random.choice("abc")]},
                    {"!=": [var, random.choice("abc")]},
                    {"in": [var, random.sample("abc", 2)]},
                    {random.choice(["==", "!="]): [var, {"var": other}]},
                    {"==": [{"coalesce": [var, "a"]}, random.choice("abc")]},
                ]
            )
        if kind == "multi_choice":
            return random.choice([{"in": [random.choice("xy"), var]}, {">": [{"count": [var]}, random.randint(0, 2)]}])
        if kind == "date":
            return self.day_atom(var)
        if kind == "text":
            return random.choice([{"==": [var, random.choice(["u", "uvw"])]}, {"==": [{"length": [var]}, 2]}])
        return {self.comparison(): [self.number(1), self.number(0)]}

    def day_atom(self, var: Any) -> Any:
        other, random = self.pick("date"), self.random
        return random.choice(
            [
                {self.comparison(): [var, random.choice(DAYS)]},
                {self.comparison(): [var, {"var": "today"}]},
                {self.comparison(): [var, {"add_days": [{"var": "today"}, random.choice([-9, 14])]}]},
                {self.comparison(): [var, {"add_months": [{"var": "today"}, -1]}]},
                {self.comparison(): [{"age": [var]}, random.choice([0, 17, 18])]},
                {self.comparison(): [{"days_between": [var, {"var": "today"}]}, random.choice([0, 9, -14])]},
                {self.comparison(): [var, {"var": other}]},
                {self.comparison(): [{"year": [var]}, 2026]},
            ]
        )

    def comparison(self) -> str:
        return self.random.choice(["==", "!=", "<", "<=", ">", ">="])

    def number(self, depth: int) -> Any:
        path, random = self.pick("integer"), self.random
        if path is None or (not depth and random.random() < 0.5):
            return random.randint(-1, 4)
        var = {"var": path}
        if not depth:
            return var
        parts = [self.number(depth - 1), self.number(depth - 1)]
        return random.choice(
            [
                var,
                {random.choice(["+", "-", "*", "min", "max"]): parts},
                {"if": [self.atom(), *parts]},
                {"coalesce": [var, parts[0]]},
                {"round": [{"/": [parts[0], 2]}]},
            ]
        )

    def every_answer(self) -> Iterator[Json]:
        for values in product(*self.answers.values()):
            yield {path: value for path, value in zip(self.answers, values, strict=True) if value is not None}
