"""How answers reach a browser: page cache, compression, headers, errors, health."""
