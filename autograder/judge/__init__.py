"""From a submission to a verdict: rebuild, run without rights, judge from outside."""
