"""A second opinion on what the course declares right and wrong.

Answers are run on inputs of this folder's own and compared with the reference by a comparison
that is written apart from the grader's, so that each tests the other.
"""
