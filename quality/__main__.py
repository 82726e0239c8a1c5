"""``python -m quality COMMAND``: gallery, lighthouse, html, pdf."""

import argparse
import importlib
import json
import sys

COMMANDS = {
    "gallery": "a picture of every template, on a phone and a desk, light and dark",
    "lighthouse": "speed, accessibility and best practices of every template, with limits",
    "html": "the validator of the W3C (vnu) on every template",
    "pdf": "veraPDF (PDF/UA-1) on every page that there is as PDF",
}
INSIDE = ("english", "pictures", "templates")

#: Each round of scaling pictures ends after some seconds.
MOST_ROUNDS = 10


def _inside(command: str) -> int:
    """Steps of :func:`quality.site.build` that work in the site's own database."""
    import django

    django.setup()
    if command == "english":
        from quality.english import fill

        fill()
        return 0
    if command == "pictures":
        from cms.jobs.renditions import scale_pictures, unscaled

        # One that cannot be read is not tried for ever.
        for _ in range(MOST_ROUNDS):
            if not unscaled().exists():
                break
            print(scale_pictures())
        return 0
    from quality.registry import templates
    from quality.site import FOLDER

    found = [template.as_json() for template in templates()]
    (FOLDER / "templates.json").write_text(json.dumps(found))
    return 0


def main() -> int:
    """Do what the command line says; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quality", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in INSIDE:
        commands.add_parser(name, help="a step of the others")
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("--only", default="", help="names that contain this")
        if name == "lighthouse":
            command.add_argument("--runs", type=int, default=3, help="of which the median counts")
    options = vars(parser.parse_args())
    if (name := options.pop("command")) in INSIDE:
        return _inside(name)
    return importlib.import_module(f"quality.{name}").main(**options)


if __name__ == "__main__":
    sys.exit(main())
