"""What every editing screen shares: content checks, panels, forms, prefetching, wording."""
