"""NumPy reference implementations, a module for each assignment.

They never leave the instructor.
"""
