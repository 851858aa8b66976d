"""`nbgrader zip_collect` with archives as four learning platforms write them.

The names follow Moodle's and Canvas's own sources (`mod/assign/classes/downloader.php`,
`lib/content_zipper.rb`), and for the two closed platforms the patterns that public tools for
their archives read. The people are made up.
"""

import io
import tarfile
import zipfile
from types import SimpleNamespace

import pytest

from autograder.gradebook.archives import members
from autograder.gradebook.lms import Blackboard, Brightspace, Canvas, Moodle
from autograder.gradebook.roster import Roster, UnknownStudentError
from tests.conftest import gradebook_of
from tests.gradebook.conftest import RIGHT, WRONG, notebook
from tests.gradebook.test_collecting import collected
from tests.threats.test_killed import TINY

PEOPLE = [
    ("ada_a", "Ada", "Lovelace", "ada@example.edu", "101"),
    ("a", "Al", "Khwarizmi", "al@example.edu", "102"),
    ("eve", "Eve", "O'Neil-Smith", "eve@example.edu", "103"),
    ("sun1", "Li", "Sun", "sun1@example.edu", "104"),
    ("sun2", "Li", "Sun", "sun2@example.edu", "105"),
    ("zoe", "Zoë", "van der Berg", "zoe@example.edu", None),
]
AT, ON = "Dec 5, 2027 1149 AM", "2027-01-15-12-00-00"
FIELDS = ("id", "first_name", "last_name", "email", "lms_user_id")


def who(platform, name):
    """Return whose a file or folder is, and the student's own name for the file."""
    people = [SimpleNamespace(**dict(zip(FIELDS, each))) for each in PEOPLE]
    roster = Roster(people, platform.numbers_users)
    student, reading = roster.student(platform(parent=None).readings(name))
    return student, reading.file


NAMES = {
    Moodle: {
        "Ada Lovelace_6577_assignsubmission_file": ("ada_a", ""),
        "Ada Lovelace_6577_assignsubmission_file_": ("ada_a", ""),
        "Lovelace Ada_6577_assignsubmission_file_p_1.ipynb": ("ada_a", "p_1.ipynb"),
        "Zoë van der Berg_6578_assignsubmission_file": ("zoe", ""),
    },
    Canvas: {
        "lovelaceada_101_90001_loss.ipynb": ("ada_a", "loss.ipynb"),
        "lovelaceada_LATE_101_90001_loss-1.ipynb": ("ada_a", "loss-1.ipynb"),
        "oneilsmitheve_103_90002_5_6_my file.ipynb": ("eve", "5_6_my file.ipynb"),
        "sunli_105_90003_a.ipynb": ("sun2", "a.ipynb"),
        "nickname_101_90001_a.ipynb": ("ada_a", "a.ipynb"),
    },
    Brightspace: {
        "101-2557 - Ada Lovelace - Sep 24, 2027 926 PM": ("ada_a", ""),
        f"103-2557 - Eve O'Neil-Smith - {AT} - a - b.ipynb": ("eve", "a - b.ipynb"),
    },
    Blackboard: {
        f"PS 2_a_attempt_{ON}_x.ipynb": ("a", "x.ipynb"),
        f"PS_2_eve_attempt_{ON}_my_x.ipynb": ("eve", "my_x.ipynb"),
        f"PS 2_eve_attempt_{ON}.txt": ("eve", ""),
    },
}
UNCLEAR = {
    Moodle: {
        "Ada Byron_6577_assignsubmission_file": "no student Ada Byron",
        "Li Sun_6579_assignsubmission_file": "may be sun1 or sun2",
    },
    Canvas: {
        "sunli_999_90003_a.ipynb": "may be sun1 or sun2",
        "lovelaceada_999_90001_a.ipynb": "ada_a has the number 101, not 999",
        "lovelaceada_103_90001_a.ipynb": "the number 103 is that of eve",
        # Made so that another's name is read in it.
        "mallory_999_90001_lovelaceada_101_5_a.ipynb": "no student mallory",
        "lovelaceada_101_5_103_90001_a.ipynb": "it may be of ada_a or eve",
    },
    Brightspace: {
        f"102-1 - Ada Lovelace - {AT}": "the number 102 is that of a",
        f"7-1 - Group 3 - {AT}": "no student Group 3",
        f"9-1 - Bob - {AT} - 101-1 - Ada Lovelace - {AT} - x.ipynb": "no student Bob",
    },
    Blackboard: {
        f"PS 2_bob_attempt_{ON}_x.ipynb": "no student bob",
        f"PS 2_ada_a_attempt_{ON}_x.ipynb": "a or ada_a",
        f"PS 2_bob_attempt_{ON}_x_eve_attempt_{ON}_y.ipynb": "no student bob",
    },
}


def listed(table):
    """Return the entries of a table by platform as arguments of a test."""
    return [(platform, *entry) for platform, names in table.items() for entry in names.items()]


@pytest.mark.parametrize("platform, name, expected", listed(NAMES))
def test_a_name_as_it_comes_is_read(platform, name, expected):
    assert who(platform, name) == expected


@pytest.mark.parametrize("platform, name, words", listed(UNCLEAR))
def test_a_name_that_is_not_clear_is_refused(platform, name, words):
    with pytest.raises(UnknownStudentError, match=words):
        who(platform, name)


def test_the_hour_of_brightspace_has_one_digit_or_two():
    read = Brightspace(parent=None).time
    assert [read(f"Sep 24, 2027 {clock}").strftime("%H:%M") for clock in ("112 PM", "1112 AM")] == [
        "13:12",
        "11:12",
    ]


def packed(**files):
    """Return a zip archive as bytes; a tuple is (text, external attributes)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            text, attributes = content if isinstance(content, tuple) else (content, 0)
            info = zipfile.ZipInfo(name)
            info.external_attr, info.create_system = attributes, 3
            archive.writestr(info, text)
    return made.getvalue()


LINK = ("../../../../source/tiny/tiny.ipynb", 0o120777 << 16)
IN_FOLDER = {"tiny.ipynb": notebook(RIGHT), "own/m.py": "x = 1", "timestamp.txt": "2000-01-01"}


def zeros(size):
    """Return an archive of one file of zeros."""
    return packed(**{"zeros.ipynb": bytes(size)})


ARCHIVES = {
    Moodle: {
        **{f"Ada Lovelace_1_assignsubmission_file/{k}": v for k, v in IN_FOLDER.items()},
        "Ada Lovelace_1_assignsubmission_file/link.ipynb": LINK,
        "Ada Lovelace_1_assignsubmission_onlinetext/onlinetext.html": "<p>",
        "Eve O'Neil-Smith_2_assignsubmission_file/all.zip": packed(**IN_FOLDER),
        "Al Khwarizmi_3_assignsubmission_file/bomb.zip": zeros(20_000),
        "Al Khwarizmi_3_assignsubmission_file/broken.zip": b"PK\3\4 no archive",
        "Li Sun_4_assignsubmission_file/tiny.ipynb": "sun1's",
        "Li Sun_5_assignsubmission_file/tiny.ipynb": "sun2's",
        "Default group_assignsubmission_file/Eve O'Neil-Smith_9_assignsubmission_file_b.ipynb": "?",
        "../../../climbs.ipynb": "?",
        "Zoë van der Berg_6_assignsubmission_file/a\nb.ipynb": "?",
        "Zoë van der Berg_6_assignsubmission_file/tiny.ipynb": notebook(WRONG),
    },
    Canvas: {
        "lovelaceada_101_1_tiny.ipynb": notebook(RIGHT),
        "lovelaceada_101_2_m.py": "x = 1",
        "oneilsmitheve_LATE_103_3_all.zip": packed(**IN_FOLDER),
        "mallory_999_4_lovelaceada_101_5_tiny.ipynb": "?",
    },
    Brightspace: {
        "index.html": "<html>",
        "101-7 - Ada Lovelace - Sep 24, 2027 1126 AM/tiny.ipynb": notebook(WRONG),
        "101-7 - Ada Lovelace - Sep 24, 2027 126 PM/tiny.ipynb": notebook(RIGHT),
        "101-7 - Ada Lovelace - Sep 24, 2027 127 PM/read.txt": "no notebook",
        "103-7 - Eve O'Neil-Smith - Sep 24, 2027 126 PM - tiny.ipynb": notebook(RIGHT),
    },
    Blackboard: {
        "PS_eve_attempt_2027-01-15-12-00-00.txt": "Name: Ada Lovelace (ada_a)",
        "PS_eve_attempt_2027-01-15-12-00-00_tiny.ipynb": notebook(WRONG),
        "PS_eve_attempt_2027-01-15-13-00-00.txt": "Name: Eve (eve)",
        "PS_eve_attempt_2027-01-15-13-00-00_tiny.ipynb": notebook(RIGHT),
        "PS_ada_a_attempt_2027-01-15-12-00-00_tiny.ipynb": "?",
    },
}
WORKSHEET = "Identifier,Full name,Email address\nParticipant 4,Li Sun,sun1@example.edu\n"


@pytest.fixture
def course(fresh):
    """Return the course with a class list and nothing handed in."""
    (fresh.folder / "submitted").rename(fresh.folder / "by_hand")
    with gradebook_of(fresh.folder) as gradebook:
        for each in PEOPLE:
            about = dict(zip(FIELDS, each))
            gradebook.add_student(about.pop("id"), **about)
    return fresh


def bring(course, forking, platform, *options):
    """Collect the archive of a platform; return what was said and who has a submission."""
    place = course.folder / "downloaded" / TINY / "archive"
    place.mkdir(parents=True, exist_ok=True)
    (place / "download.zip").write_bytes(packed(**ARCHIVES[platform]))
    collector = f"--collector=autograder.gradebook.lms.{platform.__name__}"
    done = forking.nbgrader("zip_collect", TINY, collector, *options, cwd=course.folder)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert not any(path.is_symlink() for path in course.folder.rglob("*"))
    return done.stderr, sorted(path.name for path in (course.folder / "submitted").iterdir())


@pytest.mark.system
@pytest.mark.system
def test_an_archive_of_moodle(course, forking):
    (course.folder / "downloaded" / TINY / "archive").mkdir(parents=True)
    (course.folder / "downloaded" / TINY / "archive" / "Grades.csv").write_text(WORKSHEET)
    said, names = bring(course, forking, Moodle, "--CourseDirectory.max_file_size=10")
    assert names == ["a", "ada_a", "eve", "sun1", "zoe"]
    assert collected(course, "a").keys() == {"broken.zip"}  # the grading says: no notebook
    assert collected(course, "ada_a").keys() == {"tiny.ipynb", "own/m.py"}
    assert collected(course, "eve").keys() == {f"all/{name}" for name in IN_FOLDER}
    assert collected(course, "sun1") == {"tiny.ipynb": "sun1's"}
    assert collected(course, "zoe").keys() == {"tiny.ipynb"}
    for words in (
        "Li Sun 5 may be sun1 or sun2",
        "Default group_assignsubmission_file (its name is not one that the platform",
        "its path leads out of the folder",
        "link.ipynb (a link or not a regular file)",
    ):
        assert words in said, words


@pytest.mark.system
@pytest.mark.system
def test_an_archive_of_canvas(course, forking):
    said, names = bring(course, forking, Canvas)
    assert names == ["ada_a", "eve"]
    assert collected(course, "ada_a").keys() == {"tiny.ipynb", "m.py"}
    assert collected(course, "eve").keys() == {f"all/{name}" for name in IN_FOLDER}
    assert "there is no student mallory" in said
    # A second time everything is there already: told, and with --force put in its place.
    said, _ = bring(course, forking, Canvas, "--ZipCollectApp.extracted_directory=again")
    assert said.count("there is a submission already; --force replaces it") == 2
    bring(course, forking, Canvas, "--force")


@pytest.mark.system
@pytest.mark.system
def test_an_archive_of_brightspace(course, forking):
    zone = "--LearningPlatform.timezone=Europe/Berlin"
    said, names = bring(course, forking, Brightspace, zone)
    assert names == ["ada_a", "eve"]
    assert collected(course, "ada_a") == {
        "tiny.ipynb": notebook(RIGHT),
        "timestamp.txt": "2027-09-24 11:26:00",  # nbgrader writes UTC without saying so
    }
    assert "Not collected" not in said


@pytest.mark.system
@pytest.mark.system
def test_an_archive_of_blackboard(course, forking):
    said, names = bring(course, forking, Blackboard)
    assert names == ["eve"]
    assert collected(course, "eve") == {"tiny.ipynb": notebook(RIGHT)}
    assert "it may be of a or ada_a" in said
    assert said.count("The hand-in times are left out") == 1


@pytest.mark.system
@pytest.mark.system
def test_a_pattern_of_ones_own_stops_at_nothing(course, forking):
    place = course.folder / "downloaded" / TINY / "archive"
    place.mkdir(parents=True)
    for student in ("ann", "ben", "eve"):
        (place / f"{student}.zip").write_bytes(packed(**{"tiny.ipynb": notebook(RIGHT)}))
    (place / "eve.zip").write_bytes(packed(**{"tiny.ipynb": "1", "again/tiny.ipynb": "2"}))
    (course.folder / "submitted" / "ann" / TINY).mkdir(parents=True)
    (course.folder / "submitted" / "ann" / TINY / "kept").touch()
    pattern = r".*/extracted/(?P<student_id>[^/]+)/(?:.*/)?(?P<file_id>[^/]+)\.ipynb"
    with open(course.folder / "nbgrader_config.py", "a") as file:
        file.write(f"c.FileNameCollectorPlugin.named_regexp = {pattern!r}\n")
    done = forking.nbgrader("zip_collect", TINY, cwd=course.folder)
    assert done.returncode == 0, done.stderr
    assert "what is named after ann (there is a submission already" in done.stderr
    assert "what is named after eve (several files have the same name" in done.stderr
    assert collected(course, "ann").keys() == {"kept"}
    assert collected(course, "ben").keys() == {"tiny.ipynb"}


def test_links_and_devices_of_a_tar_are_no_files(tmp_path):
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for kind in (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"kind{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    assert [opened is not None for _, opened in members(path)] == [True, False, False, False]
