"""The words of the search in the admin: records, their effect, a second person."""
