"""Sign-in, second factor and sessions: django-allauth with our rules, pages and words."""
