"""From what an engine found to what a template shows: results, suggestions, feeds."""
