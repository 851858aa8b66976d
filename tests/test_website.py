"""Where a website is put: in the place of one made before, whole, and of nothing else."""

import pytest

from course import site
from course.book import make
from course.website import WebsiteError, replaced


@pytest.mark.parametrize("maker", [site.make, make.make], ids=["site", "book"])
def test_a_folder_with_something_else_is_left_alone(tmp_path, maker):
    (tmp_path / "thesis.txt").write_text("three years")
    with pytest.raises(WebsiteError, match="something else"):
        maker(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "three years"


def test_one_made_before_stays_until_the_new_one_is_whole(tmp_path):
    folder = tmp_path / "new" / "folder"
    for content in ("first", "second"):
        with replaced(folder, "mark") as made:
            made.mkdir()
            (made / "mark").write_text(content)
            (made / content).touch()
            made.with_name("sources").mkdir()
    assert sorted(path.name for path in folder.iterdir()) == ["mark", "second"]
    with pytest.raises(ZeroDivisionError), replaced(folder, "mark") as made:
        made.mkdir()
        raise ZeroDivisionError
    assert (folder / "mark").read_text() == "second"
    assert not made.parent.exists()
