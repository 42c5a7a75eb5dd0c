"""A wire to a real node that can be cut, held and slowed: what a network or a frozen node does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Proxy:
    """Passes bytes between whoever connects to `url` and the node behind.

    `cut` ends every connection and refuses new ones; `hold` takes requests and answers nothing, as
    a process that was stopped does; `delay` holds each answer back for some seconds; `mend` undoes
    them all.
    """

    def __init__(self, node: str) -> None:
        parts = urlsplit(node)
        self.node = (parts.hostname, parts.port)
        self.delayed = 0.0
        self._passes = threading.Event()
        self._passes.set()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._start(self._accept, self._listener)

    def cut(self) -> None:
        # Waking `accept` up takes more than closing.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._passes.set()
        for one in list(self._open):
            self._end(one)

    def hold(self) -> None:
        self._passes.clear()

    def delay(self, seconds: float) -> None:
        self.delayed = seconds

    def mend(self) -> None:
        self.delayed = 0.0
        self._passes.set()
        if self._listener.fileno() < 0:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self._start(self._accept, self._listener)

    def _start(self, work, *arguments) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                asker, _address = listener.accept()
                node = socket.create_connection(self.node)
            except OSError:
                return
            self._open |= {asker, node}
            self._start(self._pass, asker, node, False)
            self._start(self._pass, node, asker, True)

    def _pass(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                self._passes.wait()
                if is_answer and self.delayed:
                    time.sleep(self.delayed)
                target.sendall(data)
        self._end(source)
        self._end(target)

    def _end(self, one: socket.socket) -> None:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
        self._open.discard(one)
