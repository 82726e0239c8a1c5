"""The action plan of a run: what one wants to do, who does it, until when."""
