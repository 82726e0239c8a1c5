"""Which of axe's rules editors see in the side panel *Checks* beside the preview."""

from wagtail.admin.userbar import ContentCheckerItem


class EditorChecker(ContentCheckerItem):
    """Wagtail's rules and those about what editors can change themselves."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "duplicate-id-aria",
        "image-alt",
        "image-redundant-alt",
        "link-in-text-block",
        "list",
        "listitem",
        "page-has-heading-one",
        "td-headers-attr",
    ]
    # The frame around the text is not the editor's.
    axe_include = ["main"]
