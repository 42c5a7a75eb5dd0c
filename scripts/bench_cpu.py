"""How much CPU time the processes that serve a site have used."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg


def cpu_seconds(roots: set[int]) -> float:
    """CPU time so far of these processes, their descendants, and the children that they have outlived."""
    parents: dict[int, int] = {}
    used: dict[int, int] = {}
    outlived: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        pid = int(entry.name)
        parents[pid] = int(fields[1])
        used[pid] = int(fields[11]) + int(fields[12])
        outlived[pid] = int(fields[13]) + int(fields[14])
    ticks = sum(outlived.get(root, 0) for root in roots)
    for pid, own in used.items():
        ancestor = pid
        while ancestor and ancestor not in roots:
            ancestor = parents.get(ancestor, 0)
        if ancestor:
            ticks += own
    return ticks / os.sysconf("SC_CLK_TCK")


class OwnCpu:
    """CPU seconds of a server and of the database's processes that work for its connections.

    Unlike the whole of the database's processes, these are not changed by what others ask of it.
    """

    def __init__(self, server: int, database_url: str) -> None:
        self.server = server
        self.connection = psycopg.connect(database_url, autocommit=True)
        self.others = {self.connection.info.backend_pid}

    def __call__(self) -> float:
        rows = self.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type IN ('client backend', 'parallel worker')"
        )
        return cpu_seconds({self.server, *(row[0] for row in rows)} - self.others)

    def close(self) -> None:
        self.connection.close()
