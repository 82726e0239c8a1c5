"""Forms in the admin that each carry out one action on what is shown above them."""

from collections.abc import Callable

from django import forms
from django.http import QueryDict
from django_stubs_ext import StrOrPromise


class ActionForm(forms.Form):
    """One action; several of them stand on a page, told apart by ``action``.

    They share ``admin/includes/action_forms.html``.

    Attributes:
        action: its name in the request.
        title: what it is called while folded away.
        button: the text of its button.
        done: the message afterwards.
        is_serious: whether the button warns.
        perform: carries it out; only called when the form is valid. Raises
            ``django.core.exceptions.ValidationError`` if it must not happen.
    """

    action = ""
    title: StrOrPromise = ""
    button: StrOrPromise = ""
    done: StrOrPromise = ""
    is_serious = False
    perform: Callable[[], None]

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"id_{self.action}_%s")
