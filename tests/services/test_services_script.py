"""`scripts/services`, as far as it can be tried without starting anything."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
VARIABLES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")


@pytest.fixture
def services(tmp_path):
    """Run scripts/services on an empty folder of its own, without the URLs of the surrounding run."""

    def run(*arguments, **environment):
        clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        clean |= {"SERVICES_DIR": str(tmp_path / "state"), "SERVICES_MODE": "native"}
        return subprocess.run(
            [PROJECT / "scripts" / "services", *arguments],
            env=clean | environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.fixture
def commands(tmp_path):
    """A folder for stand-ins of commands; `commands("docker", "exit 1")` writes one."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def write(name, script):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return f"{folder}:{os.environ['PATH']}"

    return write


@pytest.mark.parametrize("arguments", [(), ("start",), ("up-and-down",)])
def test_anything_but_its_commands_explains_the_usage(services, arguments):
    result = services(*arguments)
    assert result.returncode == 2
    assert "scripts/services up" in result.stderr


def test_help_goes_to_the_output(services):
    result = services("--help")
    assert result.returncode == 0
    assert "SERVICES_DIR" in result.stdout


def test_status_before_the_first_start(services):
    result = services("status")
    assert result.returncode == 1
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows == [
        ["postgres", "stopped"],
        ["redis", "stopped"],
        ["elasticsearch", "stopped"],
    ]


def test_down_with_nothing_started_is_no_error(services):
    result = services("down")
    assert result.returncode == 0
    assert "nothing to stop" in result.stderr


def test_given_services_are_used_as_they_are_and_must_answer(services, tmp_path, unused_tcp_port):
    given = {
        "DATABASE_URL": f"postgres://someone:secret@127.0.0.1:{unused_tcp_port}/theirs",
        "REDIS_URL": f"redis://127.0.0.1:{unused_tcp_port}/3",
        "ELASTICSEARCH_URL": f"http://127.0.0.1:{unused_tcp_port}",
    }
    result = services("up", **given)
    assert result.returncode == 1
    assert "DATABASE_URL is set" in result.stderr
    assert "nothing answers" in result.stderr
    assert "secret" not in result.stderr
    assert not (tmp_path / "state" / "env").exists()


def test_given_services_that_answer_are_written_down_and_nothing_is_started(
    services, tmp_path, listening_port
):
    given = {
        "DATABASE_URL": f"postgres://someone:secret@127.0.0.1:{listening_port}/theirs",
        "REDIS_URL": f"redis://127.0.0.1:{listening_port}/3",
        "ELASTICSEARCH_URL": f"http://127.0.0.1:{listening_port}",
    }
    result = services("up", **given)
    assert result.returncode == 0, result.stderr
    env = tmp_path / "state" / "env"
    assert env.read_text().splitlines() == [f"{name}={url}" for name, url in given.items()]
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert not list((tmp_path / "state").glob("*.pid"))

    status = services("status", **given)
    assert status.returncode == 0
    assert [line.split()[1] for line in status.stdout.splitlines()] == ["given"] * 3
    assert "secret" not in status.stdout


def test_docker_when_asked_for_and_not_there(services, commands):
    result = services("up", SERVICES_MODE="docker", PATH=commands("docker", "exit 1"))
    assert result.returncode == 1
    assert "no Docker engine" in result.stderr


def test_with_docker_the_ports_are_those_that_docker_chose(
    services, commands, tmp_path, listening_port
):
    path = commands(
        "docker",
        f"""echo "$@" >>{tmp_path}/calls
        for word; do
          if [ "$word" = port ]; then echo 127.0.0.1:{listening_port}; fi
        done""",
    )
    result = services("up", SERVICES_MODE="", PATH=path)
    assert result.returncode == 0, result.stderr
    urls = (tmp_path / "state" / "env").read_text().splitlines()
    assert [line.split("=")[0] for line in urls] == list(VARIABLES)
    assert all(f"127.0.0.1:{listening_port}" in line for line in urls)

    assert services("down", PATH=path).returncode == 0
    calls = (tmp_path / "calls").read_text()
    assert "up --detach --wait" in calls
    assert "db redis elasticsearch" in calls
    assert calls.rstrip().endswith("down")
    assert not (tmp_path / "state" / "env").exists()
