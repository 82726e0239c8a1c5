"""What a browser posts from a rendered edit page of Wagtail's admin that nobody has touched."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from wagtail import blocks

#: Fields that send nothing unless they are clicked.
BUTTONS = ("submit", "button", "image", "reset")


def untouched(response: HttpResponse) -> dict[str, Any]:
    """Every field of the page's form by name.

    The inputs are read from the HTML. StreamFields have none: Wagtail's scripts make them of
    the state the page carries, which is rebuilt here.
    """
    html = BeautifulSoup(response.content, "html.parser").find(id="page-edit-form")
    data: dict[str, Any] = {}
    for field in html.find_all(["input", "textarea", "select"]):
        if field.get("name") and not field.has_attr("disabled"):
            for value in _values(field):
                data.setdefault(field["name"], []).append(value)
    form = response.context["form"]
    for name, field in form.fields.items():
        if block := getattr(field, "block", None):
            assert html.find(id=name).has_attr("data-block")
            data |= _block_inputs(name, block, block.get_form_state(form[name].value()))
    return data


def decision(name: str) -> dict[str, str]:
    """What Wagtail's script adds when somebody clicks a button of the review."""
    return {"action-workflow-action": "true", "workflow-action-name": name}


def _values(field: Tag) -> list[str]:
    kind = field.get("type", "text")
    if field.name == "select":
        options = field.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        alone = [] if field.has_attr("multiple") else options[:1]
        return [option.get("value", option.text) for option in chosen or alone]
    if field.name == "textarea":
        # HTML drops the first line break inside, and sends the others as CRLF.
        return [_as_sent(field.text.removeprefix("\n"))]
    if kind in BUTTONS or (kind in ("checkbox", "radio") and not field.has_attr("checked")):
        return []
    return [field.get("value", "on" if kind in ("checkbox", "radio") else "")]


def _as_sent(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _block_inputs(prefix: str, block: blocks.Block, state: Any) -> dict[str, str]:
    """The inputs that Wagtail's scripts make of a block's state."""
    if isinstance(block, blocks.StreamBlock):
        children = [(block.child_blocks[item["type"]], item) for item in state]
        return _row_inputs(prefix, children)
    if isinstance(block, blocks.ListBlock):
        return _row_inputs(prefix, [(block.child_block, item) for item in state])
    if isinstance(block, blocks.StructBlock):
        data: dict[str, str] = {}
        for name, child in block.child_blocks.items():
            data |= _block_inputs(f"{prefix}-{name}", child, state.get(name))
        return data
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if state else {}
    if isinstance(state, dict):
        state = state["id"]
    if isinstance(state, list):
        state = state[0] if state else ""
    return {prefix: "" if state is None else _as_sent(str(state))}


def _row_inputs(prefix: str, rows: list[tuple[blocks.Block, dict[str, Any]]]) -> dict[str, str]:
    data = {f"{prefix}-count": str(len(rows))}
    for number, (block, item) in enumerate(rows):
        row = f"{prefix}-{number}"
        data |= {f"{row}-deleted": "", f"{row}-order": str(number), f"{row}-id": item["id"] or ""}
        if "type" in item:
            data[f"{row}-type"] = item["type"]
        data |= _block_inputs(f"{row}-value", block, item["value"])
    return data
