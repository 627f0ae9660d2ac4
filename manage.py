#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

import config  # noqa: F401 - reads .env, which may name the settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
