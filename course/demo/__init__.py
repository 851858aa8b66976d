"""A class of made-up students: for the demo, and for the tests of the whole path."""
