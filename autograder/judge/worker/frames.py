"""Messages over a socket: four bytes of length, then that many bytes."""

import struct


class Closed(ConnectionError):
    """The other side is gone."""


def send(socket, data):
    """Send one message."""
    socket.sendall(struct.pack(">I", len(data)) + data)


def receive(socket, limit):
    """Return one message of at most `limit` bytes.

    Raises
    ------
    Closed
        If the other side closed the connection.
    ValueError
        If it announces more than `limit` bytes.
    """
    (size,) = struct.unpack(">I", _exactly(socket, 4))
    if size > limit:
        raise ValueError(f"a message of {size} bytes is announced, over the limit of {limit}")
    return _exactly(socket, size)


def _exactly(socket, size):
    parts = []
    while size:
        part = socket.recv(min(size, 2**20))
        if not part:
            raise Closed("the other side closed the connection")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
