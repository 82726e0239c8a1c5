"""Static files that are put together from many small sources, so that visitors fetch one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from cms.assets import illustrations, stylesheet

#: Names below ``STATIC_URL``, and what gives their text.
GENERATED_FILES: dict[str, Callable[[], str]] = {
    stylesheet.SHEET: stylesheet.sheet,
    illustrations.SPRITE: illustrations.sprite,
    **{
        name: partial(stylesheet.joined, source)
        for name, source in zip(stylesheet.MORE_SHEETS, stylesheet.more_sources(), strict=True)
    },
}


class GeneratedFilesFinder(BaseFinder):
    """Lets staticfiles find the generated files, renewed whenever a source has changed."""

    def __init__(
        self, app_names: Sequence[str] | None = None, *args: object, **kwargs: object
    ) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "generated")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """The finder has no settings that could be wrong."""
        return []

    # The stubs still tell two cases apart that Django 5.2 has made one.
    def find(  # type: ignore[override]
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        """The path of a generated file, written anew if a source has changed."""
        if path not in GENERATED_FILES:
            return []
        found = str(self._write(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, object]]:
        """All generated files, for ``collectstatic``."""
        for name in GENERATED_FILES:
            if not matches_patterns(name, ignore_patterns or []):
                self._write(name)
                yield name, self.storage

    def _write(self, name: str) -> Path:
        target = Path(self.storage.path(name))
        text = GENERATED_FILES[name]()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # In one step: another process may be reading.
            new = target.with_suffix(".new")
            new.write_text(text, encoding="utf-8")
            new.replace(target)
        return target
