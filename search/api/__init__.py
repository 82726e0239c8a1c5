"""The read-only JSON API: what is public, for programs of others (docs/reference/api.md).

Rooms above add addresses of their own: their app configuration names a router in ``api_router``.
"""
