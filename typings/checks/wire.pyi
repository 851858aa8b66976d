from autograder.checks.wire import *
