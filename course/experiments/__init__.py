"""The computations behind the lessons' figures and behind `reproduce`."""
