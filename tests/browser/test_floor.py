"""What is promised to every reader on every template: on a phone, and on a desk in German.

One walk looks at everything (``quality/walk.py``); each test is about one promise.
"""

from collections.abc import Iterator

import pytest

from quality.template import Template
from quality.walk import DESK, PHONE, Findings, Walk, walk

pytestmark = pytest.mark.browser

PROMISES = {
    "axe": "no rule of WCAG 2.2 AA or best practice is broken, contrast is 7:1, light and dark",
    "third party": "nothing is loaded from anybody else",
    "cookies": "who only reads gets no cookie",
    "requests": "a page comes with 12 requests at most, beside photos and portraits",
    "console": "no script fails, nothing is stopped by our own policy",
    "width": "nothing is wider than 320 px, which is also 400 % on a desk",
    "targets": "what can be pressed is 44 px tall and wide, but for links in a text",
    "focus": "the focus can be seen",
    "covered focus": "nothing lies over what has the focus, at 400 % either",
    "spacing": "nothing is lost with wider spacing of text",
    "spacing at 320": "nor is it on a narrow phone",
    "motion": "nothing moves where less motion is wished",
    "forced colours": "edges and focus can be seen in colours of the reader's own",
}


# A walk takes minutes: with several processes one of them takes all tests of a width.
WIDTHS = [
    pytest.param(width, marks=pytest.mark.xdist_group(f"walk-{width}")) for width in (DESK, PHONE)
]


@pytest.fixture(scope="session", params=WIDTHS)
def findings(browser, public_site, request) -> Findings:
    """What is wrong, with one width of window."""
    return walk(browser, public_site, request.param)


@pytest.mark.parametrize("kind", PROMISES, ids=lambda kind: kind.replace(" ", "-"))
def test_promise_holds_everywhere(findings, kind):
    assert findings[kind] == [], PROMISES[kind]


def test_nothing_else_was_found(findings):
    assert set(findings) <= set(PROMISES)


@pytest.fixture(scope="module")
def bad(browser, public_site) -> Iterator[Findings]:
    """A page that breaks every promise but that about cookies."""
    visitor = Walk(browser, public_site, DESK)
    visitor.tab.route("**/schlecht/", lambda route: route.fulfill(body=BAD, content_type=HTML))
    visitor.tab.route("**/fremd.example/**", lambda route: route.abort())
    visitor.look(Template("schlecht", "/schlecht/", "de"))
    yield visitor.findings
    visitor.close()


HTML = "text/html; charset=utf-8"
BAD = """<!doctype html><html lang="de"><head><title>Schlecht</title><style>
* { outline: none !important; } p { transition: color 1s; color: #888; }
button { border: 0; } h1 { height: 1em; width: 3000px; overflow: hidden; }
aside { position: fixed; inset: 0; }
</style><script>document.cookie = "mark=1"; missing();</script></head>
<body><main><h1>Erste Zeile<br>und zweite Zeile</h1><p>Grau</p><button>x</button>
<img src="https://fremd.example/bild.png">PICTURES</main><aside></aside></body></html>""".replace(
    "PICTURES", "".join(f'<img src="/static/fehlt-{number}.png" alt="">' for number in range(12))
)


@pytest.mark.parametrize("kind", sorted(set(PROMISES) - {"width", "spacing at 320"}))
def test_a_broken_promise_is_found(bad, kind):
    assert bad[kind] != []


def test_a_page_too_wide_for_a_phone_is_found(browser, public_site):
    visitor = Walk(browser, public_site, PHONE)
    visitor.tab.route("**/schlecht/", lambda route: route.fulfill(body=BAD, content_type=HTML))
    visitor.look(Template("schlecht", "/schlecht/", "de"))
    visitor.close()
    assert visitor.findings["width"] != []
    assert visitor.findings["spacing at 320"] != []
