from autograder.checks.calls import *  # noqa: F403
