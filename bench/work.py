"""One step of the measurements in a process of its own: ``python -m bench.work STEP``."""

import argparse
import json
from pathlib import Path

import django


def main() -> None:
    """Command line: the step, its number, what of it, and the file for the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", help="one of bench.steps.STEPS")
    parser.add_argument("--number", type=int, required=True)
    parser.add_argument("--result", type=Path, required=True)
    parser.add_argument("--only", default="", help="views with this in their name")
    options = parser.parse_args()
    django.setup()
    from bench.steps import take

    options.result.write_text(json.dumps(take(options.step, options.number, options.only)))


if __name__ == "__main__":
    main()
