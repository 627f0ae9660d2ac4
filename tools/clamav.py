"""Finds the virus scanner `clamd` for the tests; installs Debian's package where it is missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess

PATH = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"  # where Debian puts it


def find_scanner() -> str | None:
    """Path of `clamd`, or None. CLAMD names one."""
    return os.environ.get("CLAMD") or shutil.which("clamd", path=PATH)


def ensure_scanner() -> str | None:
    """Path of `clamd`; installs it from Debian's packages when we are root, else says what to install. The tests bring
    a list of one signature, so nothing else is downloaded, and the package's services are not started."""
    found = find_scanner()
    if found or not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        if not found:
            print("Für die Tests des Virenscanners fehlt clamd. Bitte installieren: sudo apt-get install clamav-daemon")
        return found
    print("ClamAV wird aus den Debian-Paketen installiert …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "clamav-daemon"]
    subprocess.run(install, env=quiet, check=False, stdout=subprocess.DEVNULL)
    return find_scanner()
