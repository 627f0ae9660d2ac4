"""Names for "what changed" and "what is shown": how a change finds the documents that show it.

A subject (`service:<translation key>`) has a document in each locale. Others show its *card* (the part that can be
embedded) or the members of a *group* ("all services of this life situation"). A subject depends on tokens; the
store emits tokens when a card or a membership changes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What documents are about: type and a name that survives a change of address."""

    type: str
    ref: str

    def __str__(self) -> str:
        return f"{self.type}:{self.ref}"

    @classmethod
    def parse(cls, text: str) -> Subject:
        """From `type:ref`."""
        kind, _, ref = text.partition(":")
        return cls(kind, ref)


RENDER = "render:"  # marks only: this very subject must be rendered


def render_token(subject: Subject) -> str:
    """The subject itself has changed."""
    return f"{RENDER}{subject}"


def card_token(kind: str, ref: object) -> str:
    """What others show of a subject (or of a snippet without documents) has changed."""
    return f"card:{kind}:{ref}"


def group_token(group: str) -> str:
    """A group has other members now. Groups: `life_situation:<key>`, `unit:<key>`, `location:<key>`, `all:<type>`."""
    return f"group:{group}"
