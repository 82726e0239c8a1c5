"""What one sees and can fill in on a screen of the admin, read from its HTML."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Attributes that are read out or shown.
SPOKEN = ("title", "placeholder", "alt", "aria-label", "aria-description", "label")
UNSEEN = ("script", "style", "noscript")
#: Types of input that one writes into.
WRITTEN = ("text", "search", "")


@dataclass
class SearchForm:
    """A form that asks for something: it is sent with GET."""

    action: str
    boxes: list[str] = field(default_factory=list)


class Screen(HTMLParser):
    """Texts and search forms of an answer; an answer to a script that carries HTML counts too."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.texts: dict[str, None] = {}
        self.searches: list[SearchForm] = []
        #: Of the whole page; a preview may be in another one. Empty for a part of a page.
        self.language = ""
        self._unseen = 0
        self._form: SearchForm | None = None
        self.feed(_html(body.decode(errors="replace")))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._unseen += tag in UNSEEN
        if tag == "html":
            self.language = said.get("lang", "")
        for name in SPOKEN:
            self._say(said.get(name, ""))
        if tag == "input" and said.get("type") in ("submit", "button"):
            self._say(said.get("value", ""))
        if tag == "form":
            by_get = said.get("method", "get").lower() == "get"
            self._form = SearchForm(said.get("action", "")) if by_get else None
        elif self._form and tag == "input" and said.get("type", "") in WRITTEN:
            self._form.boxes.append(said.get("name", ""))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        if tag == "form" and self._form:
            if self._form.boxes:
                self.searches.append(self._form)
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._unseen <= 0:
            self._say(data)

    def _say(self, text: str) -> None:
        if text := " ".join(text.split()):
            self.texts[text] = None


def _html(text: str) -> str:
    if text.startswith("{"):
        try:
            found = json.JSONDecoder().raw_decode(text)[0]
        except ValueError:
            return ""
        return str(found.get("html") or "")
    return text if "<" in text[:1000] else ""
