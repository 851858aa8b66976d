"""The commands of the course: `python3 course.py VERB`."""
