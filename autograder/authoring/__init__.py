"""From text to notebooks and releases, and back."""
