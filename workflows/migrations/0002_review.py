"""Set up the two ways of review and the national desk in place of Wagtail's stock ones."""

from django.db import migrations

STOCK_GROUPS = ("Editors", "Moderators")
PAGE_RIGHTS = ("add_page", "change_page", "lock_page", "unlock_page", "bulk_delete_page")
MEDIA_RIGHTS = ("add", "change", "choose", "delete")


def set_up(apps, schema_editor):
    _remove_stock(apps)
    _create_reviews(apps)
    _create_national_desk(apps)


def _remove_stock(apps):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Workflow.objects.filter(review_path__isnull=True).delete()
    apps.get_model("wagtailcore", "Task").objects.all().delete()
    apps.get_model("auth", "Group").objects.filter(name__in=STOCK_GROUPS).delete()


def _create_reviews(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    ReviewPath = apps.get_model("workflows", "ReviewPath")
    tasks = {}
    for model, name in (
        ("HouseReviewTask", "Prüfung durch das Haus"),
        ("NationalReviewTask", "Prüfung durch die Bundesredaktion"),
    ):
        content_type, _ = ContentType.objects.get_or_create(
            app_label="workflows", model=model.lower()
        )
        Task = apps.get_model("workflows", model)
        tasks[model] = Task.objects.create(name=name, content_type=content_type)
    for key, name, models in (
        ("house", "Prüfung im Haus", ["HouseReviewTask"]),
        (
            "national",
            "Prüfung im Haus und bundesweit",
            ["HouseReviewTask", "NationalReviewTask"],
        ),
    ):
        workflow = Workflow.objects.create(name=name)
        for order, model in enumerate(models):
            WorkflowTask.objects.create(
                workflow=workflow, task_id=tasks[model].pk, sort_order=order
            )
        ReviewPath.objects.create(key=key, workflow=workflow)


def _create_national_desk(apps):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Bundesweite Redaktion")
    group.permissions.add(
        _permission(apps, "regions", "region", "act_nationally"),
        _permission(apps, "wagtailadmin", "admin", "access_admin"),
        _permission(apps, "wagtail_localize", "translation", "submit_translation"),
        _permission(apps, "search", "searchcount", "view_searchcount"),
        *(
            _permission(apps, "search", "thesaurusentry", f"{action}_thesaurusentry")
            for action in ("add", "change", "publish")
        ),
        *(
            _permission(apps, "search", "promotedresult", f"{action}_promotedresult")
            for action in ("add", "change", "delete")
        ),
        *(
            _permission(apps, "cms", "term", f"{action}_term")
            for action in ("add", "change", "delete")
        ),
        _permission(apps, "cms", "sitesettings", "change_sitesettings"),
    )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    for codename in PAGE_RIGHTS:
        GroupPagePermission.objects.create(
            group=group,
            page=root,
            permission=_permission(apps, "wagtailcore", "page", codename),
        )
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in MEDIA_RIGHTS:
            GroupCollectionPermission.objects.create(
                group=group,
                collection=collection,
                permission=_permission(apps, app_label, model, f"{action}_{model}"),
            )


def _permission(apps, app_label, model, codename):
    """Permissions only appear after all migrations; make the ones needed now."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0001_initial"),
        ("regions", "0001_initial"),
        ("cms", "0002_media"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
