"""Lessons and docs as a website to be read, with nothing installed."""
