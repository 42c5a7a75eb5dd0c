"""The process that reads one file: `python -m core.documents.worker FILE EXTENSION SECONDS BYTES`.

It limits itself before it opens the file, and answers with one JSON object on its standard output:
`state`, `text`, `is_cut` and, for the log, `error`.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from core.documents import formats


def main(name: str, extension: str, seconds: str, memory: str) -> None:
    """Read a file within so many seconds of computing and bytes of memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    # Nothing that a file does to a library may write anywhere.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(answer(Path(name), extension)))


def answer(path: Path, extension: str) -> dict[str, Any]:
    """What is found in the file, or why nothing is."""
    try:
        text, is_cut = formats.read(path, extension)
    except formats.Encrypted:
        return {"state": "encrypted"}
    except (formats.Beyond, MemoryError, RecursionError) as error:
        return {"state": "beyond", "error": type(error).__name__}
    except Exception as error:  # noqa: BLE001 - libraries raise anything at a broken file
        return {"state": "broken", "error": f"{type(error).__name__}: {str(error)[:200]}"}
    if not text.strip():
        return {"state": "empty"}
    return {"state": "read", "text": text, "is_cut": is_cut}


if __name__ == "__main__":
    main(*sys.argv[1:])
