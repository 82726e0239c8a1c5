"""The rooms of this site as ``INSTALLED_APPS`` names them: what holds for one holds for all."""

from django.conf import settings

from scripts.check_messages import ROOT

#: Our own apps, from the top of the layers down.
LOCAL_APPS = tuple(name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir())
#: Those that visitors and editors meet; the demo only fills them.
ROOMS = tuple(name for name in LOCAL_APPS if name != "demo")
