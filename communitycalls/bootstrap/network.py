"""Whether the demo's port is free."""

import errno
import socket

from communitycalls.bootstrap.progress import SetUpError

HOST = "127.0.0.1"
NEIGHBOURS = 20


def trouble_with(port: int) -> int:
    """The errno that keeps a server from listening there, or 0."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def free_port(near: int) -> int:
    """The next port above that is free, or one that the system chooses."""
    candidates = range(max(near, 1023) + 1, min(near + NEIGHBOURS, 65535) + 1)
    return next((port for port in candidates if not trouble_with(port)), 0) or any_free_port()


def any_free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def check_port(port: int) -> None:
    """SetUpError saying why the port cannot be served, and what to type instead."""
    trouble = trouble_with(port)
    if not trouble:
        return
    why = "is taken by another program" if trouble == errno.EADDRINUSE else "may not be used by this account"
    raise SetUpError(f"Port {port} {why}. Type: python3 manage.py demo --port {free_port(port)}")
