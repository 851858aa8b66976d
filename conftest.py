"""What all tests need, those beside the exercises too."""

from hypothesis import HealthCheck, settings

from autograder import registry

registry.register("course")
# The same examples in every run: a test that fails, fails again. Nothing goes by the clock: on a
# machine that is busy with something else, drawing examples may take long.
settings.register_profile(
    "course", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("course")
