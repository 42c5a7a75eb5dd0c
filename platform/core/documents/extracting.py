"""Have a file read by a process of its own, which can neither hang nor eat the site's memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from core.documents.formats import READERS
from core.models import DocumentText

SECONDS = 20
# Reading takes this much longer where the machine has other work.
PATIENCE = 2
MEMORY = 1024 * 1024 * 1024

State = DocumentText.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a file says; `error` is for the log."""

    state: DocumentText.State
    text: str = ""
    is_cut: bool = False
    error: str = ""


def can_read(extension: str) -> bool:
    """Whether files of this kind have text that can be read."""
    return extension in READERS


def extract(path: Path, extension: str) -> Extracted:
    """The text of a file; no file makes this raise."""
    shelf = Path(__file__).resolve().parents[2]
    environment = {"PYTHONPATH": str(shelf), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "core.documents.worker"]
    command += [str(path), extension, str(SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program with a file's name
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS * PATIENCE,
            env=environment,
            cwd=shelf,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Extracted(state=State.BEYOND, error="it takes too long")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        # Killed at a limit, or by a fault in a library.
        return Extracted(state=State.BEYOND, error=f"the reader ended with {done.returncode}")
    return Extracted(
        state=State(answer["state"]),
        # No database takes these.
        text=answer.get("text", "").replace("\0", " ").encode("utf-8", "ignore").decode(),
        is_cut=answer.get("is_cut", False),
        error=answer.get("error", ""),
    )
