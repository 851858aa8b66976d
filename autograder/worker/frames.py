"""Messages over a socket: four bytes of length, then that many bytes."""

import socket as sockets
import struct
import time


class ClosedError(ConnectionError):
    """The other side has closed the connection."""


def send(socket: sockets.socket, data: bytes) -> None:
    """Send one message."""
    socket.sendall(struct.pack(">I", len(data)) + data)


def receive(socket: sockets.socket, limit: int, deadline: float | None = None) -> bytes:
    """Return one message of at most `limit` bytes.

    Parameters
    ----------
    socket : socket.socket
    limit : int
    deadline : float, optional
        On the monotonic clock; the whole message must be there by then, whether it comes in
        one piece or byte by byte.

    Raises
    ------
    ClosedError
        If the other side closed the connection.
    TimeoutError
        At the deadline.
    ValueError
        If it announces more than `limit` bytes.
    """
    (size,) = struct.unpack(">I", _exactly(socket, 4, deadline))
    if size > limit:
        raise ValueError(f"a message of {size} bytes is announced, over the limit of {limit}")
    return _exactly(socket, size, deadline)


def until(socket: sockets.socket, deadline: float) -> None:
    """Have the socket wait until the deadline and no longer."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    socket.settimeout(left)


def _exactly(socket: sockets.socket, size: int, deadline: float | None) -> bytes:
    parts = []
    while size:
        if deadline is not None:
            until(socket, deadline)
        part = socket.recv(min(size, 2**20))
        if not part:
            raise ClosedError("the other side closed the connection")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
