"""nbgrader, with the judge in the place of its kernel."""
