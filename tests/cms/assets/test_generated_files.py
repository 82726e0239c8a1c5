"""Files put together from many are found and collected like those that lie in a folder."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from cms.assets.generated_files import GENERATED_FILES


@pytest.mark.parametrize("name", GENERATED_FILES)
def test_file_is_found(name, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    finders.get_finder.cache_clear()
    found = finders.find(name)
    finders.get_finder.cache_clear()
    assert Path(found).read_text(encoding="utf-8") == GENERATED_FILES[name]()


@pytest.mark.parametrize("name", GENERATED_FILES)
def test_file_is_collected(name, tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "static" / name).read_text(encoding="utf-8") == GENERATED_FILES[name]()
