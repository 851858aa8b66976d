"""What a run that takes a part of the class leaves to the night is tried in another way by day."""

from autograder.sandbox.isolation import LANDLOCK

from .conftest import ALL, AT_WALLS, WAYS
from .submissions import of_kind


def by_day(*ways):
    return {name for way in ways for name in way.names if name not in way.nightly}


def test_every_attack_is_graded_by_day():
    assert by_day(*WAYS.values()) == ALL.keys()
    assert by_day(WAYS["what the machine gives"]) == ALL.keys()


def test_what_aims_at_the_walls_meets_landlock_by_day():
    aimed = {name for kind in AT_WALLS for name in of_kind(kind)}
    under = [way for way in WAYS.values() if way.mode == LANDLOCK]
    assert len(under) == 2 and aimed <= by_day(*under)


def test_the_usual_tests_take_none_of_the_nights():
    for name, way in WAYS.items():
        assert not set(way.usual) & set(way.nightly), name
        assert set(way.usual) <= set(way.names) <= ALL.keys(), name
