"""Rules in words: `sentence` says a rule in German or English."""

from .sentence import sentence

__all__ = ["sentence"]
