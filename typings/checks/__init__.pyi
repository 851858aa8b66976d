"""A worker's name for autograder.checks; see autograder/worker/__main__.py."""
