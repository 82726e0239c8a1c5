"""The admin's start page: what waits for the person who has just signed in.

Every room adds its sections through Wagtail's hook ``construct_homepage_panels``; this room puts
them in order and knows none of them.
"""
