"""The engine by itself: `python -m autograder VERB` in a course directory."""

from autograder.cli import app

if __name__ == "__main__":
    app(prog_name="python -m autograder")
