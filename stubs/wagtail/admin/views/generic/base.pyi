from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import _StrOrPromise, cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View
from django.views.generic.list import BaseListView
from django_filters import FilterSet
from wagtail.admin.ui.tables import BaseColumn, Table
from wagtail.admin.widgets.button import Button

class WagtailAdminTemplateMixin(TemplateResponseMixin, ContextMixin):
    page_title: _StrOrPromise
    page_subtitle: _StrOrPromise
    header_icon: str
    breadcrumbs_items: list[dict[str, _StrOrPromise]]
    def get_page_title(self) -> _StrOrPromise: ...
    def get_page_subtitle(self) -> _StrOrPromise: ...
    def get_header_title(self) -> _StrOrPromise: ...
    def get_breadcrumbs_items(self) -> list[dict[str, _StrOrPromise]]: ...
    def get_header_buttons(self) -> list[Button]: ...

class BaseObjectMixin:
    model: ClassVar[type[Model] | None]
    pk_url_kwarg: str
    pk: str
    object: Model
    def get_object(self) -> Model: ...

class BaseOperationView(BaseObjectMixin, View): ...

class BaseListingView(WagtailAdminTemplateMixin, BaseListView[Any]):
    results_template_name: str
    results_only: bool
    table_class: type[Table]
    table_classname: str | None
    @property
    def columns(self) -> Sequence[BaseColumn]: ...
    index_url_name: str | None
    index_results_url_name: str | None
    is_searchable: bool | None
    search_fields: Sequence[str] | None
    default_ordering: str | Sequence[str] | None
    filterset_class: type[FilterSet] | None
    verbose_name: _StrOrPromise | None
    verbose_name_plural: _StrOrPromise | None
    filters: cached_property[FilterSet | None]
    is_filtering: cached_property[bool]
    def get_base_queryset(self) -> QuerySet[Any]: ...
    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]: ...
    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]: ...
    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]: ...
    def get_table(self, object_list: Iterable[Any]) -> Table: ...
