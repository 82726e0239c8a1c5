"""Creating regions with everything a working house needs, and finding what drifted from it."""
