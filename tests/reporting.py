"""A pytest plugin that keeps a run honest: says what was left out, and fails a whole run that skipped something.

Loaded by `scripts/run-tests`. Under xdist the workers choose the tests, so they hand their counts to the controller.
"""

from collections import Counter

import pytest

REASONS = ("services", "browser")
KEY = "left_out"


class Honesty:
    """Counts deselected tests by the marker that explains it, and skipped ones by their place."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.left_out: Counter[str] = Counter()
        self.skipped: dict[str, str] = {}

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        for item in items:
            reason = next((name for name in REASONS if item.get_closest_marker(name)), "other")
            self.left_out[f"{reason}\t{item.location[0]}"] += 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.skipped[report.nodeid] = str(report.longrepr)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Every xdist worker collects everything, so any one of them has the whole count."""
        self.left_out |= Counter(getattr(node, "workeroutput", {}).get(KEY, {}))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[KEY] = dict(self.left_out)
        elif self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        write = terminalreporter.write_line
        if self.skipped:
            terminalreporter.section("skipped tests: a run with any is not a pass", red=True)
            for nodeid, reason in self.skipped.items():
                write(f"{nodeid}: {reason}")
        if self.left_out:
            total = sum(self.left_out.values())
            terminalreporter.section(f"left out: {total} tests; `make test` runs them")
            for place, count in sorted(self.left_out.items()):
                reason, path = place.split("\t")
                write(f"{count:4} {reason:9} {path}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Honesty(config), "honesty")
