"""`platform/` is a shelf, not a package: a regular package of that name would hide Python's own."""

import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_platform_is_the_standard_library():
    assert Path(platform.__file__).name == "platform.py"
    assert platform.python_version()
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_it_stays_so_beside_the_project():
    code = "import platform, uuid, wsgiref.simple_server; print(platform.python_version())"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == platform.python_version()
