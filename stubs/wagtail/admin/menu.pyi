from collections.abc import Mapping, Sequence

from django.forms import MediaDefiningClass
from django.utils.functional import _StrOrPromise

class MenuItem(metaclass=MediaDefiningClass):
    name: str
    label: _StrOrPromise
    url: _StrOrPromise
    order: int
    def __init__(
        self,
        label: _StrOrPromise,
        url: _StrOrPromise,
        name: str | None = None,
        classname: str = "",
        icon_name: str = "",
        attrs: Mapping[str, str] | None = None,
        order: int = 1000,
    ) -> None: ...

class WagtailMenuRegisterable:
    menu_icon: str
    menu_label: _StrOrPromise
    menu_name: str
    menu_order: int | None
    add_to_admin_menu: bool
    add_to_settings_menu: bool

class WagtailMenuRegisterableGroup(WagtailMenuRegisterable):
    items: Sequence[WagtailMenuRegisterable]
