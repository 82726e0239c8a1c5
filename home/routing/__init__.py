"""Finding the page of a request, with what every page shows, in few queries."""
