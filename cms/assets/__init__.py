"""Static files put together from small sources: stylesheet, illustrations."""
