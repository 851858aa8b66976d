"""Right and wrong answers that are written by hand, beside the declared ones.

The files hold one answer after the other, each below a line `### exercise: what is special` or,
for a wrong one, `### exercise | its mistake's name, if it has one | what is wrong`.
"""
