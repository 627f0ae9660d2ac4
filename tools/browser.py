"""Finds Chromium for the browser tests; installs Debian's package where it is missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess

# The shell has no window to draw: it computes a third less. Older systems have only the whole browser.
PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Path of a Chromium, or None. CHROMIUM names one."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure_browser() -> str | None:
    """Path of a Chromium; installs it from Debian's packages when we are root, else says what to install."""
    found = find_browser()
    if found or not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        if not found:
            print("Für die Browser-Tests fehlt Chromium. Bitte installieren: sudo apt-get install chromium")
        return found
    print("Chromium wird aus den Debian-Paketen installiert …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "fonts-dejavu-core"]
    for package in PACKAGES:
        if subprocess.run([*install, package], env=quiet, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            break
    return find_browser()
