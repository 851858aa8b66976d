"""Messages over a socket: four bytes of length, then that many bytes."""

import socket as sockets
import struct
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

CREDENTIALS = struct.Struct("3i")  # process, user and group, as the kernel tells them
T = TypeVar("T")


class ClosedError(ConnectionError):
    """The other side has closed the connection."""


class Deadline:
    """A number of seconds from now, on the wall."""

    def __init__(self, seconds: float) -> None:
        self.began = time.monotonic()
        self.end = self.began + seconds

    def left(self) -> float:
        """Return for how long to wait before asking again.

        Raises
        ------
        TimeoutError
            When it is over.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def send(socket: sockets.socket, data: bytes) -> None:
    """Send one message."""
    socket.sendall(struct.pack(">I", len(data)) + data)


def receive(socket: sockets.socket, limit: int, deadline: Deadline | None = None) -> bytes:
    """Return one message of at most `limit` bytes.

    Parameters
    ----------
    socket : socket.socket
    limit : int
    deadline : Deadline, optional
        The whole message must be there by then, whether it comes in one piece or byte by byte.

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


def sender(socket: sockets.socket, deadline: Deadline) -> int:
    """Return the process that has sent what comes next, 0 if the other side has hung up.

    The kernel says so, by the number that it has for this process: the socket must be one with
    the option SO_PASSCRED.
    """
    room = sockets.CMSG_SPACE(CREDENTIALS.size)
    _, told, *_ = _patiently(socket, deadline, lambda: socket.recvmsg(1, room, sockets.MSG_PEEK))
    return int(CREDENTIALS.unpack(told[0][2])[0]) if told else 0


def until(socket: sockets.socket, deadline: Deadline) -> None:
    """Have the socket wait until the deadline's end on the wall and no longer."""
    left = deadline.end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    socket.settimeout(left)


def _patiently(socket: sockets.socket, deadline: Deadline | None, receive: Callable[[], T]) -> T:
    """Receive something; whether it is late is for the deadline to say, not for the socket."""
    while True:
        if deadline is not None:
            socket.settimeout(deadline.left())
        try:
            return receive()
        except TimeoutError:
            if deadline is None:
                raise


def _exactly(socket: sockets.socket, size: int, deadline: Deadline | None) -> bytes:
    parts = []
    while size:
        part = _patiently(socket, deadline, partial(socket.recv, min(size, 2**20)))
        if not part:
            raise ClosedError("the other side closed the connection")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
