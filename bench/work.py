"""One step of the measurements in a process of its own: ``python -m bench.work STEP``."""

import argparse
import json
from pathlib import Path

import django


def main() -> None:
    """Command line: the step, its number, and the file for the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("pages", "generate", "publish"))
    parser.add_argument("--number", type=int, required=True)
    parser.add_argument("--result", type=Path, required=True)
    options = parser.parse_args()
    django.setup()
    from bench.steps import take

    options.result.write_text(json.dumps(take(options.step, options.number)))


if __name__ == "__main__":
    main()
