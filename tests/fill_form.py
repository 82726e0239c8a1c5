"""Filling in a page's form in a real browser as a person does: only what it needs."""

from django.forms import Field
from playwright.sync_api import Locator, Page
from wagtail.blocks import RichTextBlock

from cms.models import BasePage

SENTENCE = "Wir treffen uns am Donnerstag."
DAY = "01.09.2026"


def fill_required(page: Page, model: type[BasePage], **typed: str) -> None:
    """Type what was asked for, and something into whatever else the form demands.

    Args:
        page: showing the form.
        model: the page type, whose form says what is required.
        typed: text by the name of its field, typed first and over what stands there.
    """
    for name, text in typed.items():
        show(page, name).fill(text)
    form_class = model.get_edit_handler().get_form_class()
    for name, field in form_class.base_fields.items():
        if field.required and name not in typed:
            _fill(page, name, field)
    for name, formset in form_class.formsets.items():
        for number in range(formset.min_num or 0):
            for part, field in formset.form.base_fields.items():
                if field.required:
                    _fill(page, f"{name}-{number}-{part}", field)
    for choice in page.locator("fieldset.consent select[name$=-basis]").all():
        show(page, choice.get_attribute("name") or "").select_option("public_role")


def show(page: Page, name: str) -> Locator:
    """The first input of a field, after opening its tab."""
    control = page.locator(f"[name='{name}'], [name='{name}-count']").first
    tab = control.locator("xpath=ancestor::*[@role='tabpanel']")
    if not tab.is_visible():
        page.locator(f"[role=tab][aria-controls='{tab.get_attribute('id')}']").click()
    return control


def _fill(page: Page, name: str, field: Field) -> None:
    control = show(page, name)
    if block := getattr(field, "block", None):
        begun = page.locator(f"#{name}-root [contenteditable=true]")
        if control.input_value() == "0":
            _add_paragraph(page, name, block)
        elif begun.count() and not begun.first.inner_text().strip():
            _write(page.locator(f"#{name}-root"))
        return
    kind = control.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName")
    if kind == "checkbox":
        control.check()
    elif kind == "SELECT":
        if not control.input_value():
            control.select_option(index=1)
    elif control.get_attribute("data-draftail-input") is not None:
        _write(control.locator("xpath=.."))
    elif kind == "hidden":
        if not control.input_value():
            _choose_page(page, name, field.queryset.filter(live=True)[0].title)
    elif not control.input_value():
        control.fill(DAY if hasattr(field, "input_formats") else SENTENCE)


def _choose_page(page: Page, name: str, title: str) -> None:
    """Take a page that the chooser of a field lists."""
    page.locator(f"#id_{name}-chooser button[data-chooser-action-choose]").first.click()
    page.locator(".modal a.choose-page", has_text=title).first.click()
    page.locator(".modal").wait_for(state="hidden")


def _add_paragraph(page: Page, name: str, block) -> None:
    text = next(child for child in block.child_blocks.values() if isinstance(child, RichTextBlock))
    page.locator(f"#{name}-root button.c-sf-add-button").first.click()
    page.get_by_role("option", name=str(text.label), exact=True).click()
    _write(page.locator(f"#{name}-root"))


def _write(inside: Locator) -> None:
    inside.locator("[contenteditable=true]").first.fill(SENTENCE)
