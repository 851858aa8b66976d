from autograder.checks.calls import *
