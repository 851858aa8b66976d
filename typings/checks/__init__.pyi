"""A worker's name for autograder.checks, as far as it uses it; see autograder/worker/__main__.py."""
