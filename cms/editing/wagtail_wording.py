"""More words of Wagtail and wagtail-localize that we say differently in German.

As :mod:`cms.editing.wording`, where the texts stand that editors meet on their way; here is the
rest of the screens. Named are texts that Wagtail leaves in English, that say *du*, or that speak of
workflows, locales, aliases or objects, which nobody here should have to know.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

#: The review: Wagtail says workflow, task and moderation.
REVIEW = (
    _("Workflow"),
    _("Workflows"),
    _("workflow"),
    _("workflows"),
    _("Workflow state"),
    _("Workflow states"),
    _("workflow state"),
    _("Workflow tasks"),
    _("workflow_tasks"),
    _("By workflow"),
    _("Add a workflow"),
    _("New workflow"),
    _("Editing workflow"),
    _("Disable workflow"),
    _("New workflow task"),
    _("Workflow started"),
    _("Workflow completed"),
    _("Workflow history"),
    _("Workflow progress"),
    _("Workflow: start"),
    _("Workflow: approve task"),
    _("Workflow: reject task"),
    _("Workflow: resume task"),
    _("Workflow: cancel"),
    _("Workflow task approved"),
    _("Workflow task rejected. Workflow complete"),
    _("Resubmitted '%(task)s'. Workflow resumed"),
    _("Workflow task resubmitted. Workflow resumed"),
    _("Workflow cancelled"),
    _("'%(workflow)s' started. Next step '%(task)s'"),
    _("Review this version"),
    _("Edit / Review"),
    _("Give your workflow a name"),
    _("Add tasks to your workflow"),
    _("Assign your workflow to pages"),
    _("Workflow '%(object)s' created."),
    _("Workflow '%(object)s' updated."),
    _("Workflow '%(object)s' disabled."),
    _("Workflow '%(workflow_name)s' enabled."),
    _("Are you sure you want to disable this workflow?"),
    _("This page already has workflow '%(workflow_name)s' assigned."),
    _("You cannot assign this workflow to the same page multiple times."),
    _("This workflow is disabled so it cannot be assigned to any pages."),
    _("Used on the following active workflows"),
    _('No workflows have been created. Why not <a href="%(add_url)s">add one</a>?'),
    _('There are no enabled workflows. Why not <a href="%(add_url)s">add one</a>?'),
    _("Submit for moderation"),
    _("No pages/snippets have been submitted for moderation yet"),
    _("This page hasn't been submitted for moderation yet"),
    _("This %(model_name)s hasn't been submitted for moderation yet"),
    _("This %(model_name)s is currently awaiting moderation."),
    _("%(model_name)s '%(object)s' has been submitted for moderation."),
    _("%(model_name)s '%(object)s' created and submitted for moderation."),
    _("Workflow on %(model_name)s '%(object)s' has been restarted."),
    _("Workflow on %(model_name)s '%(object)s' has been cancelled."),
    _("The %(model_name)s '%(title)s' is not currently awaiting moderation."),
    _(
        "The %(model_name)s '%(title)s' is not currently awaiting moderation in task "
        "'%(task_name)s'."
    ),
    _("The page '%(page_title)s' is not currently awaiting moderation in task '%(task_name)s'."),
    _(
        "This %(model_name)s was marked as needing changes at <strong>%(task)s</strong> in "
        "<strong>%(workflow)s</strong>."
    ),
    _(
        "This page was marked as needing changes at <strong>%(task)s</strong> in "
        "<strong>%(workflow)s</strong>."
    ),
    _(
        "This %(model_name)s is currently at <strong>%(task)s</strong> in "
        "<strong>%(workflow)s</strong>."
    ),
    _("Publishing this %(model_name)s will cancel the current workflow."),
    _("Publishing this page will cancel the current workflow."),
    _("Would you still like to publish this %(model_name)s?"),
    _("Reviewers can edit this %(model_name)s – lock it to prevent other reviewers from editing"),
    _("Only reviewers can edit and approve the %(model_name)s"),
    _('The page "%(title)s" has been approved in moderation stage "%(task)s".'),
    _('The page "%(title)s" has been rejected in moderation stage "%(task)s".'),
    _('The page "%(title)s" has been submitted for approval in moderation stage "%(task)s".'),
    _(
        'The page "%(title)s" has been submitted for moderation to workflow "%(workflow)s" by '
        "%(requester)s."
    ),
    _('The page "%(title)s" has been submitted for moderation to workflow "%(workflow)s".'),
    _('The page "%(title)s" has been submitted to workflow "%(workflow)s"'),
    _("Page/Snippet"),
    _("Awaiting my review"),
    _("There may only be one in progress or needs changes workflow state per page/snippet."),
)

#: Lists, the editor, and what they answer.
EDITOR = (
    _("Breadcrumb"),
    _("Toggle breadcrumbs"),
    _("Dashboard"),
    _("Checks"),
    _("Toggle checks"),
    _(
        'See our <a href="%(guide_link)s" target="_blank">content checks guide</a> for more '
        "information on how content metrics are calculated."
    ),
    _("Loading"),
    _("Editing"),
    _("Editing %(page_type)s"),
    _("Exploring"),
    _("Uploading…"),
    _("None"),
    _("Only you can make changes while the %(model_name)s is locked"),
    _("No one can make changes while the %(model_name)s is locked"),
    _("Only %(user)s can make changes while the %(model_name)s is locked"),
    _("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    _("Anyone can edit this %(model_name)s"),
    _("Currently locked and will go live on the scheduled date"),
    _("The %(model_name)s could not be saved as it is locked"),
    _("The %(model_name)s could not be created due to errors."),
    _("The %(model_name)s could not be saved due to errors."),
    _("Are you sure you want to delete this %(model_name)s?"),
    _("Are you sure you want to unpublish this %(model_name)s?"),
    _("Create a new %(model_name)s"),
    _("Request to create %(model_name)s was blocked by hook."),
    _("Request to edit %(model_name)s was blocked by hook."),
    _('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
    _("There are no %(model_name)s to display."),
    _("You can edit the %(model_name)s here:"),
    _("You can preview the %(model_name)s here:"),
    _(
        "You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b> "
        "by %(user)s"
    ),
    _("One or more references to this %(model_name)s prevent it from being deleted."),
    _("the %(model_name)s will also be deleted"),
    _("View live"),
    _("Visit the live page"),
    _("Visible to all. Visit the live page"),
    _("Private. Visit the live page"),
    _("Live version"),
    _("live revision"),
    _("Go-live:"),
    _("Choose who can view the live version of this page"),
    _("Choose when this page should go live and/or expire"),
    _("Choose when this %(model_name)s should go live and/or expire"),
    _("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    _("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    _("%(model_name)s unscheduled from publishing"),
    _("Are you sure you want to unschedule this revision?"),
    _("Cannot overwrite a revision that is not the latest for this %(model_name)s."),
    _("Select a new parent page"),
    _("Filter by up to ten most popular tags."),
    _('This slug is already in use within the context of its parent page "%(parent_page_title)s"'),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _(
        "The slug '%(page_slug)s' is already in use within the parent page at "
        "'%(parent_url_path)s'."
    ),
    _(
        "The slug '%(page_slug)s' is already in use at the selected parent page. Make sure the "
        "slug is unique and try again."
    ),
    _("New slug"),
    _("Go to Wagtail admin"),
    _("View Wagtail quick actions"),
    _("Enable custom keyboard shortcuts specific to Wagtail."),
    _("Pages using"),
    _("Site history"),
    _("Aging pages"),
    _(
        "Select hierarchical position. Note: a collection cannot become a child of itself or "
        "one of its descendants."
    ),
    _("Administrators have full access to manage any object or setting."),
    _("Please add some alt text for your image or mark it as decorative"),
    _("Select images in choosers"),
    _("Select documents in choosers"),
    _("Object permissions"),
    _(
        "This is your dashboard on which helpful information about content you've created will "
        "be displayed."
    ),
    _(
        "The root level is where you can add new sites to your Wagtail installation. Pages "
        "created here will not be accessible at any URL until they are associated with a site."
    ),
    _("%(classname)s object (%(id)s)"),
    _("Sorry, upload failed."),
    _(
        "Upload successful. However, your new image seems to be a duplicate of an existing "
        "image. You may delete it if it wasn't required."
    ),
    _(
        "Upload successful. However, your new image seems to be a duplicate of this existing "
        "image. You may delete it if it wasn't required."
    ),
    _(
        "Upload successful. Please update this image with a more appropriate title, if "
        "necessary. You may also delete the image completely if the upload wasn't required."
    ),
    _(
        "Upload successful. Please update this document with a more appropriate title, if "
        "necessary. You may also delete the document completely if the upload wasn't required."
    ),
)

#: Pages that mirror another.
ALIASES = (
    _("Alias"),
    _("Convert alias %(title)s"),
    _("Convert alias"),
    _("Are you sure you want to convert this alias into an ordinary page?"),
    _("No, leave it as an alias"),
    _("This page is an alias of another page."),
    _("Convert this alias into an ordinary page"),
    _(
        "Are you sure you want to convert this page into an alias? This will overwrite the "
        "content of the page with the content of '%(source_page_title)s' (%(source_page_locale)s)"
    ),
    _("Create alias"),
    _("Created an alias of %(title)s"),
    _("Created an alias"),
    _("Convert alias into ordinary page"),
    _("Converted the alias '%(title)s' into an ordinary page"),
    _("Converted an alias into an ordinary page"),
    _("Convert to alias"),
    _("Convert to alias %(title)s"),
    _("Convert to alias page"),
    _("Convert page to alias"),
    _("Page '{}' has been converted into an alias."),
    _("Converted page '%(title)s' to an alias of the translation source page '%(source_title)s'"),
    _("Converted page to an alias of the translation source page"),
)

#: Languages and translations. The screens of wagtail-localize stand in the place of Wagtail's own,
#: whose catalogue is not read then.
TRANSLATION = (
    _("Locale"),
    _("locale"),
    _("Locale: "),
    _("Switch locales"),
    _("Available in %(translations_total)s locales"),
    _("Copied for translation from %(title)s (%(locale)s)"),
    _("Wagtail locales"),
    _("Task type"),
    _("This locale's language code is not supported"),
    _(
        "This locale's current language code is not supported. Please choose a new language or "
        "delete this locale."
    ),
    _("Locale '%(object)s' created."),
    _("Locale '%(object)s' updated."),
    _("The locale could not be saved due to errors."),
    _("Locale '%(object)s' deleted."),
    _("Delete locale"),
    _("Are you sure you want to delete this locale?"),
    _("This locale cannot be deleted because there are no other locales."),
    _("This locale cannot be deleted because there are pages and/or other objects using it."),
    _("Select a new language"),
    _("{} locales"),
    _("Synchronise content from another locale"),
    _("This locale cannot be synced into itself."),
    _("The page '{page_title}' was successfully submitted for translation into {locales}"),
    _("The {model_name} '{object}' was successfully submitted for translation into {locales}"),
    _("Published '{object}' in {locale}."),
    _("Published '{object}' in {locale} with missing translations - see below."),
    _("Translation of %(instance)s into %(locale)s"),
    _("Sync translated pages"),
    _("Sync translated %(model_name)s"),
)

#: The own account: “Theme-Einstellungen” and “Dichte” mean nothing to most people.
ACCOUNT = (
    _("Theme preferences"),
    _("admin theme"),
    _("density"),
)

#: Which mails somebody wants: Wagtail's German has “Zugelassen-Benachrichtigungen”.
MAILS = (
    _("submitted notifications"),
    _("Receive notification when a page is submitted for moderation"),
    _("approved notifications"),
    _("Receive notification when your page edit is approved"),
    _("rejected notifications"),
    _("Receive notification when your page edit is rejected"),
    _("updated comments notifications"),
    _(
        "Receive notification when comments have been created, resolved, or deleted on a page "
        "that you have subscribed to receive comment notifications on"
    ),
)

#: Reports on reviews, and the history of a page.
REPORTS = (
    _("By task"),
    _("Incomplete task"),
    _("Requested by"),
    _("Requested By"),
    _("Completed at"),
    _("Needs changes"),
    _("Rejected"),
    _("Cancelled"),
    _("Initial Revision"),
    _("Is commenting action"),
    _("page log entry"),
    _("page log entries"),
    _("Group approval task"),
    _("Group approval tasks"),
)

#: Pictures, and what happens to pages.
MEDIA_AND_PAGES = (
    _("Max dimensions"),
    _("Filesize"),
    _("Bulk actions"),
    _("Has child pages"),
    _("Keep the new pages updated with future changes"),
    _("Are you sure you want to delete this page?"),
    _("Are you sure you want to delete these pages?"),
)

#: Snippets: Wagtail's German names an object “„Suchwörter“-Objekt”.
SNIPPETS = (
    _("Delete %(snippet_type_name)s"),
    _("Are you sure you want to delete this %(snippet_type_name)s?"),
    _("You don't have permission to delete this %(snippet_type_name)s"),
    _("You don't have permission to delete these %(snippet_plural_name)s"),
)

NUMBERS = (
    ngettext_lazy(
        "%(count)d %(model_name)s deleted.", "%(count)d %(model_name)s deleted.", "count"
    ),
    ngettext_lazy(
        "This %(model_name)s is referenced %(usage_count)s time.",
        "This %(model_name)s is referenced %(usage_count)s times.",
        "usage_count",
    ),
)
