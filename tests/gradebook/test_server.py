"""A server with something missing starts, with grading off, and says so."""

import json
import shutil
import sys
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

import pytest

from autograder.gradebook import guard
from course import ROOT
from tests.browser.server import jupyter_lab

pytestmark = pytest.mark.system

BUTTON = "/formgrader/api/submission/ps0/ann/autograde"


class Browser:
    """Asks a server for pages, with the cookie that its buttons need."""

    def __init__(self, address):
        self.address, self.cookies = address, CookieJar()
        processor = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(processor)
        assert self.ask("/lab")[0] == 200

    def ask(self, path, method="GET"):
        """Return the state and the text of a page, or of the answer to a button."""
        token = next((each.value for each in self.cookies if each.name == "_xsrf"), "")
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("X-XSRFToken", token)
        try:
            with self.opener.open(request) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def folder(tmp_path):
    """Return a course directory with this repository's own configuration file."""
    guard.put_in_place()
    made = tmp_path / "course"
    (made / "source" / "ps0").mkdir(parents=True)
    shutil.copy(ROOT / guard.COURSE_FILE, made)
    return made


def log_of(home):
    return (home / "server.log").read_text()


def test_without_the_configuration_formgrader_is_off_and_the_rest_works(folder, tmp_path):
    path = folder / guard.COURSE_FILE
    path.write_text("<<<<<<< HEAD\n" + path.read_text())
    told = f"Grading is off. {path}, line 1 cannot be loaded (a merge conflict is not resolved)"
    with jupyter_lab(sys.executable, folder, tmp_path) as address:
        browser = Browser(address)
        for page in ("/formgrader", "/formgrader/gradebook", "/formgrader/api/assignments"):
            code, text = browser.ask(page)
            assert code == 503 and told in text, page
        code, text = browser.ask(BUTTON, "POST")
        answer = json.loads(text)
        assert code == 200 and answer["success"] is False  # so that the page shows the error
        assert answer["error"].startswith(told)
    assert told in log_of(tmp_path)


def test_a_server_that_starts_elsewhere_says_so(folder, tmp_path):
    (folder / guard.COURSE_FILE).unlink()
    with jupyter_lab(sys.executable, folder, tmp_path) as address:
        code, text = Browser(address).ask("/formgrader")
    assert code == 503
    assert f"Grading is off. {folder / guard.COURSE_FILE} does not exist" in text


@pytest.mark.slow
def test_a_gradebook_out_of_reach_is_told_without_the_password(folder, tmp_path):
    url = "postgresql://grader:s3cret@127.0.0.1:1/book"  # where nobody listens
    (folder / "instructor_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = '{url}'\n"
    )
    told = "The gradebook postgresql://grader:***@127.0.0.1:1/book cannot be reached"
    with jupyter_lab(sys.executable, folder, tmp_path) as address:
        browser = Browser(address)
        for page in ("/formgrader", "/formgrader/gradebook", "/formgrader/api/assignments"):
            code, text = browser.ask(page)
            assert code == 503 and told in text and "s3cret" not in text, page
        answer = json.loads(browser.ask(BUTTON, "POST")[1])
        assert answer["success"] is False and answer["error"].startswith(told)
        assert browser.ask("/api/contents")[0] == 200
    assert "s3cret" not in log_of(tmp_path) and "Traceback" not in log_of(tmp_path)


def test_without_the_filter_of_system_calls_only_the_button_is_off(folder, tmp_path):
    own = folder / "instructor_config.py"
    own.write_text("import sys\nsys.modules['pyseccomp'] = None  # as if not installed\n")
    with jupyter_lab(sys.executable, folder, tmp_path) as address:
        browser = Browser(address)
        code, text = browser.ask("/formgrader")
        assert code == 200 and "nbgrader formgrade" in text
        answer = json.loads(browser.ask(BUTTON, "POST")[1])
    assert answer["success"] is False
    assert "The filter of system calls cannot be loaded" in answer["log"]
    assert "Grading is off. The filter of system calls cannot be loaded" in log_of(tmp_path)
