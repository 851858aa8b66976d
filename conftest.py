"""What all tests need, those beside the exercises too."""

from hypothesis import settings

# The same examples in every run: a test that fails, fails again. None depends on a busy machine.
settings.register_profile("course", derandomize=True, deadline=None)
settings.load_profile("course")
