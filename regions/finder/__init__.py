"""From a postal code or a place to the house that helps: lookup, map, selected region."""
