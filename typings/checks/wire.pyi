from autograder.checks.wire import *  # noqa: F403
