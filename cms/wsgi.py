"""WSGI entry point for the application server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
# For requests alone: PostgreSQL ends what takes longer than a reader waits, before gunicorn kills
# the worker. Commands (migrate, search_rebuild) may take their time.
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=30s")
# A server that stands still does not even do that: then the connection is given up.
os.environ.setdefault("DATABASE_ANSWER_SECONDS", "35")

application = get_wsgi_application()

# What is slow once is done before the first visitor comes; imported when the apps are ready.
import_string("cms.delivery.warm_up.run")()

# What is loaded now stays: without this, searching it for garbage halts a request
# for a tenth of a second every now and then.
gc.collect()
gc.freeze()
# A page makes some ten thousand short-lived objects: looking for garbage after every 700 of
# them, as Python does, takes a tenth of its time.
gc.set_threshold(20_000, 20, 50)
