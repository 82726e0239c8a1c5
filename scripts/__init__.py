"""Small tools run by make; each also runs by itself with --help."""
