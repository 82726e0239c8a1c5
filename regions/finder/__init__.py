"""From a postal code or a place to the house that helps: geocoding, lookup, selected region."""
