"""A department's hub with a certificate of its own answers by HTTPS, and by nothing else."""

import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests import student_env
from tests.browser.hub import EXAMPLE, PAGE
from tests.browser.server import end, free_port, wait_for

pytestmark = [pytest.mark.hub, pytest.mark.xdist_group("hub")]

OPENSSL = (
    "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
)  # fmt: skip


def settings(folder, address):
    """Return the example with the lines of the page, for this address and certificate."""
    wanted = re.search(r"^```python\n(ADDRESS = .*?)^```", PAGE.read_text(), re.M | re.S)[1]
    assert wanted.startswith('ADDRESS = "https://:443"\n')
    text = (EXAMPLE / "jupyterhub_config.py").read_text()
    for line in wanted.splitlines():
        text, count = re.subn(
            rf"^{re.escape(line.partition(' = ')[0])} = .*$", line, text, flags=re.M
        )
        assert count == 1, line
    known = {
        "https://:443": address,
        "/etc/letsencrypt/live/hub.example.edu/fullchain.pem": folder / "cert.pem",
        "/etc/letsencrypt/live/hub.example.edu/privkey.pem": folder / "key.pem",
    }
    for written, here in known.items():
        assert written in text
        text = text.replace(written, str(here))
    return (
        f"{text}\nc.JupyterHub.hub_bind_url = 'http://127.0.0.1:{free_port()}'\n"
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{free_port()}'\n"
    )


@pytest.mark.skipif(
    not shutil.which("openssl"), reason="openssl, to make a certificate, is missing"
)
def test_a_hub_with_a_certificate_answers_by_https_alone(tmp_path, monkeypatch):
    folder, address = tmp_path / "hub", f"https://localhost:{free_port()}"
    shutil.copytree(EXAMPLE, folder)
    for command in (
        ("npm", "ci", "--silent", "--prefix", folder),
        (*OPENSSL, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
    ):
        subprocess.run(command, check=True, capture_output=True)
    (folder / "config.py").write_text(settings(folder, address))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))  # whom we believe
    with open(tmp_path / "log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", folder / "config.py"],
            cwd=tmp_path, env=student_env.clean_environment(),
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(f"{address}/hub/login", process, log.name)
            with urllib.request.urlopen(f"{address}/hub/login") as page:
                assert 'id="username_input"' in page.read().decode()
            with pytest.raises(OSError):
                urllib.request.urlopen(address.replace("https", "http"))
        finally:
            end(process)
