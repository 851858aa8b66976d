"""Messages over a socket: four bytes of length, then that many bytes."""

import socket as sockets
import struct
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

AHEAD, MOST = 2**16, 2**20  # bytes that are read at once, if nobody else reads them
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


def receive(
    socket: sockets.socket,
    limit: int,
    deadline: Deadline | None = None,
    held: bytearray | None = None,
) -> bytes:
    """Return one message of at most `limit` bytes.

    Parameters
    ----------
    socket : socket.socket
    limit : int
    deadline : Deadline, optional
        The whole message must be there by then, whether it comes in one piece or byte by byte.
    held : bytearray, optional
        Keeps what has come of later messages, so that small ones need few calls of the kernel.
        Without it nothing is read that lies beyond this message.

    Raises
    ------
    ClosedError
        If the other side closed the connection.
    TimeoutError
        At the deadline.
    ValueError
        If it announces more than `limit` bytes.
    """
    ahead = 0 if held is None else AHEAD
    held = bytearray() if held is None else held
    (size,) = struct.unpack(">I", _taken(socket, held, 4, ahead, deadline))
    if size > limit:
        raise ValueError(f"a message of {size} bytes is announced, over the limit of {limit}")
    return _taken(socket, held, size, ahead, deadline)


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


def _taken(
    socket: sockets.socket, held: bytearray, size: int, ahead: int, deadline: Deadline | None
) -> bytes:
    """Take so many bytes of what is held, when they have come."""
    while (missing := size - len(held)) > 0:
        part = _patiently(socket, deadline, partial(socket.recv, min(max(missing, ahead), MOST)))
        if not part:
            raise ClosedError("the other side closed the connection")
        held += part
    taken = bytes(memoryview(held)[:size])
    del held[:size]
    return taken
