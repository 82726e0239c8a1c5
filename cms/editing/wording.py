"""Words of Wagtail and Django that we say differently in German.

Naming them here puts them into our catalogue, which Django asks before Wagtail's. Nothing imports
this module. After an upgrade of Wagtail a text that changed falls back to Wagtail's own German.
The mails that Wagtail sends about a review are worded in ``workflows/emails.py``.
"""

from django.utils.translation import gettext_noop as _

#: The review as editors meet it: Wagtail says "workflow", "moderation" and "snippet".
REVIEW = (
    _("Submit to %(workflow_name)s"),
    _("Resubmit to %(task_name)s"),
    _("Cancel workflow "),
    _("Restart workflow "),
    _("Your pages and snippets in a workflow"),
    _("Awaiting your review"),
    _("Locked by workflow"),
    _("In Moderation"),
    _("in moderation"),
    _("live + in moderation"),
    _("Page '%(page_title)s' has been submitted for moderation."),
    _("Page '%(page_title)s' created and submitted for moderation."),
    _("Workflow on page '%(page_title)s' has been cancelled."),
    _("Workflow on page '%(page_title)s' has been restarted."),
    _("The page '%(page_title)s' is not currently awaiting moderation."),
    _(
        "This {model_name} is awaiting <b>'{task_name}'</b> "
        "in the <b>'{workflow_name}'</b> workflow."
    ),
    _("Only reviewers for this task can edit the %(model_name)s."),
    _("This page is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
)

#: What the editor says when a page has been saved, or cannot be.
SAVING = (
    # Its place is kept free beside the title of the page, whether it is said or not.
    _("Autosave is paused"),
    _("The page could not be saved due to validation errors."),
    _("The page could not be created due to validation errors."),
    _("There are validation errors, click save to highlight them."),
    _(
        "Preview cannot display due to validation errors. <br /> "
        "Click save to highlight the relevant fields."
    ),
    _("Correct the validation errors to resume preview (saving will highlight errors)"),
    _("Page '%(page_title)s' has been updated."),
    _("Your account settings have been changed successfully!"),
)

#: How long ago; Wagtail's German leaves that out.
AGO = (_("%(time_period)s ago"), _("%(time_period)s ago by %(user_display_name)s"))

#: Fields every page has.
FIELDS = (
    _("The page title as you'd like it to be seen by the public"),
    _("slug"),
    _('Multi-word tags with spaces will automatically be enclosed in double quotes (").'),
    _("The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/"),
    _("title tag"),
    _("The name of the page displayed on search engine results as the clickable headline."),
    _("meta description"),
    _("The descriptive text displayed underneath a headline in search engine results."),
)

#: What Django says about dates that cannot be read.
DATES = (
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
)

#: What Wagtail and wagtail-localize have no German for.
TRANSLATION = (_("Locales"), _("Add a locale"), _("Add locale"))
RIGHTS = (_("act_nationally"), _("Can submit translations"))

#: The headings of lists, for screen readers and as tooltips.
SORTING = (
    _("Sort by '%(label)s' in ascending order."),
    _("Sort by '%(label)s' in descending order."),
    _("Sort the order of child pages within '%(parent)s' by '%(label)s' in ascending order."),
    _("Sort the order of child pages within '%(parent)s' by '%(label)s' in descending order."),
)
