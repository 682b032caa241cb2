"""A way into a container without a network: standard input and output, connected to a port inside."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time

#: Something that is just being started may take so long to listen.
PATIENCE_SECONDS = 60.0
_RETRY_SECONDS = 0.05
_CHUNK_BYTES = 65_536


def relay(port: int) -> int:
    """Connect to 127.0.0.1:`port` and pass bytes both ways until either side ends; 1 where nobody listens."""
    connection = _connect(port)
    if connection is None:
        return 1
    threading.Thread(target=_send, args=(connection,), daemon=True).start()
    with connection:
        while True:
            chunk = connection.recv(_CHUNK_BYTES)
            if not chunk:
                return 0
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()


def _connect(port: int) -> socket.socket | None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=None)
        except OSError:
            # Not yet listening.
            time.sleep(_RETRY_SECONDS)
    return None


def _send(connection: socket.socket) -> None:
    while True:
        chunk = os.read(0, _CHUNK_BYTES)
        if not chunk:
            connection.shutdown(socket.SHUT_WR)
            return
        connection.sendall(chunk)
