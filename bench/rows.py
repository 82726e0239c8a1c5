"""What one measurement gives: figures and names by column, as they are written to JSON."""

from typing import Any

Row = dict[str, Any]
