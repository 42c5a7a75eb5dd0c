"""What the documents promise to list is listed."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "platform" / "config" / "settings"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
READ = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"")
# Where the containers' own services and folders are; the image or compose.yaml itself says so.
IN_THE_CONTAINER = {"STATIC_ROOT", "MEDIA_ROOT", "PRIVATE_ROOT"}


def variables(*names):
    """The environment variables that these settings read."""
    return {
        variable
        for name in names
        for variable in READ.findall((SETTINGS / f"{name}.py").read_text())
    }


@pytest.mark.parametrize("name", ["base", "local", "test", "production"])
def test_every_variable_is_in_a_table(name):
    rows = [line for line in OPERATIONS.splitlines() if line.startswith("|")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert variables(name) - listed == set()


def test_containers_get_every_variable_of_production():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name in ("web", "worker", "clock", "migrate"):
        handed_on = set(services[name]["environment"])
        assert variables("base", "production") - handed_on == IN_THE_CONTAINER


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    missing = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert missing == []
