"""Grades the notebooks of an nbgrader course in isolation, and names the mistake."""
