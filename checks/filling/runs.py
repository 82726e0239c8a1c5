"""What is done with a run: begin, save a section, finish, begin anew, renew its link."""

import datetime
import logging
import uuid

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from checks.definition import Answers
from checks.models import CheckRun, CheckVersion, PlanReminder

logger = logging.getLogger(__name__)

_SALT = "checks.filling.begin"
#: In ``SHARED_CACHE_PREFIXES``.
CACHE_PREFIX = "deleted-check"
#: So many rounds before the present one are kept.
MOST_ROUNDS = 10
#: A first section may stay open for so many seconds before it is sent.
TOKEN_LIVES = 24 * 60 * 60
#: Reading is noted once a day at most: it moves the day of deletion.
USE_IS_NOTED = datetime.timedelta(days=1)


def new_token(version: CheckVersion) -> str:
    """What the first section carries: the run it will make, and the version it shows.

    So a section sent twice is one run, and a check that is published anew in between keeps the
    questions that were read.
    """
    return signing.dumps(
        [uuid.uuid4().hex, version.pk, int(timezone.now().timestamp())], salt=_SALT
    )


def read_token(token: str) -> tuple[uuid.UUID, CheckVersion, datetime.datetime] | None:
    """The run, its version and when the section was handed out; ``None`` if it is not ours."""
    try:
        key, version_id, begun = signing.loads(token, salt=_SALT, max_age=TOKEN_LIVES)
    except signing.BadSignature:
        return None
    version = CheckVersion.objects.filter(pk=version_id).first()
    if version is None:
        return None
    return uuid.UUID(key), version, datetime.datetime.fromtimestamp(begun, datetime.UTC)


def begin(
    key: uuid.UUID, version: CheckVersion, begun: datetime.datetime, answers: Answers
) -> CheckRun:
    """Make a run of the first section; what is sent twice goes into the same.

    A run that was deleted does not come back: whoever has its link would read the new answers.
    """
    # Not in the transaction: a cache that fails in it would take it along.
    return _begin(uuid.uuid4() if _was_deleted(key) else key, version, begun, answers)


@transaction.atomic
def _begin(
    key: uuid.UUID, version: CheckVersion, begun: datetime.datetime, answers: Answers
) -> CheckRun:
    run, _made = CheckRun.objects.get_or_create(
        uuid=key, defaults={"version": version, "started_at": begun}
    )
    if run.generation != 1 or run.is_repeated:
        # Its link was revoked, or its round is over: whoever holds the old page begins anew.
        run = CheckRun.objects.create(version=version, started_at=begun)
    return save_answers(run, answers, seen=0)


@transaction.atomic
def save_answers(run: CheckRun, answers: Answers, seen: int) -> CheckRun:
    """Keep the answers of one section; those of others stay.

    Args:
        run: whose.
        answers: by identifier; identifiers that the version does not have are dropped.
        seen: the step of the run that the visitor saw. What another window answered since is
            not erased by an empty answer.
    """
    run = CheckRun.objects.select_for_update(of=("self",)).select_related("version").get(pk=run.pk)
    known = {item.clean_name for item in run.definition.items()}
    step = run.step + 1
    for name, value in answers.items():
        before = run.answers.get(name, "")
        if name not in known or (value or "") == before:
            continue
        if not value and run.changed_in.get(name, 0) > seen:
            continue
        if value:
            run.answers[name] = value
        else:
            run.answers.pop(name, None)
        run.changed_in[name] = step
    run.step, run.last_used_at = step, timezone.now()
    run.save()
    return run


def finish(run: CheckRun) -> None:
    """Note that the check is done; once, however often it is sent."""
    if run.finished_at is None:
        run.finished_at = run.last_used_at = timezone.now()
        run.save(update_fields=["finished_at", "last_used_at"])


def finish_from_paper(run: CheckRun) -> None:
    """Note that it was filled in on paper and typed in for somebody, and is done."""
    run.is_from_paper = True
    run.save(update_fields=["is_from_paper"])
    finish(run)


@transaction.atomic
def begin_anew(run: CheckRun) -> CheckRun:
    """Begin another round, with the questions of today; the answers before stay to be compared.

    A run that is not finished stays as it is: the form was sent twice.
    """
    run = (
        CheckRun.objects.select_for_update(of=("self",))
        .select_related("version__page__locale")
        .get(pk=run.pk)
    )
    if run.finished_at is None:
        return run
    run.earlier_rounds.create(
        version=run.version,
        answers=run.answers,
        started_at=run.started_at,
        finished_at=run.finished_at,
    )
    surplus = run.earlier_rounds.order_by("-pk")[MOST_ROUNDS:].values_list("pk", flat=True)
    run.earlier_rounds.filter(pk__in=list(surplus)).delete()
    page = run.version.page
    if page and page.live:
        run.version = page.current_version()
    run.answers, run.changed_in, run.finished_at = {}, {}, None
    run.is_from_paper = False
    run.step += 1
    run.round_began_in = run.step
    run.started_at = run.last_used_at = timezone.now()
    run.save()
    return run


def note_use(run: CheckRun) -> None:
    """Note that somebody has read it."""
    if timezone.now() - run.last_used_at > USE_IS_NOTED:
        run.last_used_at = timezone.now()
        run.save(update_fields=["last_used_at"])


def renew_link(run: CheckRun) -> None:
    """Make every link there was worthless, and end the reminders: they would mail the new one."""
    run.generation += 1
    run.save(update_fields=["generation"])
    PlanReminder.objects.filter(run=run).delete()


def delete(run: CheckRun) -> None:
    """Delete everything of it at once; for as long as its first section may be sent, note that."""
    key = run.uuid
    run.delete()
    try:
        cache.set(_noted(key), True, TOKEN_LIVES)
    except Exception:
        logger.exception("It could not be noted that a check was deleted")


def _was_deleted(key: uuid.UUID) -> bool:
    """Whether a run with this key was there a short time ago; no, if the cache does not answer."""
    try:
        return bool(cache.get(_noted(key)))
    except Exception:
        logger.exception("It could not be asked whether a check was deleted")
        return False


def _noted(key: uuid.UUID) -> str:
    """A digest: no cache holds a key."""
    return f"{CACHE_PREFIX}:{salted_hmac(__name__, key.hex, algorithm='sha256').hexdigest()}"
