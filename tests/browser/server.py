"""A server on this machine for a test, of Jupyter or of plain files, and its certain end."""

import functools
import http.server
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN = 600  # seconds; only a hang is caught
OPTIONS = [
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
]


def free_port():
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def jupyter_lab(python, folder, home):
    """Run JupyterLab of an environment in a folder; yield its address, and end it.

    Parameters
    ----------
    python : path
        Of the environment.
    folder : path
        That is served, and where the server starts.
    home : path
        An empty folder for settings, so that those of this machine play no part.
    """
    port = free_port()
    path = os.pathsep.join([str(Path(python).parent), os.environ["PATH"]])
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "PYTHON", "IPYTHON"))
    }
    environment |= {"HOME": str(home), "PATH": path, "MPLBACKEND": ""}
    command = [str(python), "-m", "jupyter", "lab", *OPTIONS, f"--ServerApp.port={port}"]
    with open(Path(home) / "server.log", "w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api/status", process, log.name)
            yield address
        finally:
            end(process)


def wait_for(address, process, log):
    """Wait until a server answers at an address."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(
                    f"the server did not start: {Path(log).read_text()[-2000:]}"
                ) from None
            time.sleep(0.2)


def end(process):
    """End a server and its kernels: all that it started is in its process group or a child."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Silent(http.server.SimpleHTTPRequestHandler):
    """A web server that knows nothing but files, and keeps no log."""

    def log_message(self, *_):
        pass


@contextmanager
def serving(folder):
    """Serve a folder as plain files; yield the address."""
    handler = functools.partial(Silent, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
