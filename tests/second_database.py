"""What runs on PostgreSQL too: where what is tested depends on which database there is.

A folder or file of tests stands in the list if the code that it mirrors says something to the
database in words of its own (:data:`SIGNS`), or if it is one of the walks through everything. All
else speaks to the database through Django's ORM only, which Django itself tests with both.

``tests/test_second_database.py`` fails when such words turn up where the list does not look.
"""

import re
from functools import cache
from pathlib import PurePath

#: Folders and files, with the reason.
SECOND_DATABASE = {
    "tests/audit": "constraints of the log, its questions about JSON",
    "tests/cms/accounts/test_guessing.py": "counts that several processes raise",
    "tests/cms/accounts/test_reset.py": "links used once",
    "tests/cms/accounts/test_second_factor.py": "codes used once, kept in JSON",
    "tests/cms/accounts/test_sessions.py": "sessions that end in order of their references",
    "tests/cms/accounts/test_sign_in.py": "addresses that differ by case",
    "tests/cms/delivery/test_outage.py": "errors of the database",
    "tests/cms/delivery/test_change_tracking.py": "statements that change what is public",
    "tests/cms/delivery/test_content_version.py": "what is seen before it is committed",
    "tests/cms/delivery/test_errors.py": "a database that does not answer",
    "tests/cms/delivery/test_gone.py": "paths that no column can hold",
    "tests/cms/delivery/test_health.py": "a question of its own to the database",
    "tests/cms/delivery/test_page_cache.py": "what is committed, and when",
    "tests/cms/editing/test_admin_search.py": "what each full-text search can read",
    "tests/checks/test_filling.py": "locks of rows, JSON written and read",
    "tests/checks/test_statistics.py": "figures stored once, by constraints",
    "tests/checks/test_models.py": "versions numbered once",
    "tests/checks/test_reminders.py": "locks of rows",
    "tests/cms/editing/test_authorship.py": "keys of pages compared as text",
    "tests/cms/editing/test_conflicts.py": "the lock of a row",
    "tests/cms/jobs": "the lock of periodic work, the queue of mail, renditions made twice",
    "tests/cms/spam_protection/test_throttling.py": "counts that several processes raise",
    "tests/cms/test_digest.py": "locks of rows, each kind of digest once",
    "tests/cms/test_warm_up.py": "a database that does not answer",
    "tests/cms/test_database_settings.py": "connections, and what ends them",
    "tests/cms/test_fields.py": "values that one of the two would refuse",
    "tests/cms/test_postcode_import.py": "rows inserted or updated in bulk, sequences",
    "tests/cms/test_repeated_forms.py": "the same form several times at once",
    "tests/cms/test_signed_links.py": "locks of rows",
    "tests/cms/test_user.py": "addresses unique in any case",
    "tests/cms/test_vocabulary.py": "unique terms",
    "tests/demo/test_build.py": "a walk: everything is built, and every public page opened",
    "tests/examples/test_models.py": "the statement for the chosen terms",
    "tests/home/test_glossary.py": "words looked up in the JSON of StreamFields",
    "tests/isolation/test_files.py": "files looked up by their path, in any spelling",
    "tests/isolation/test_forged.py": "ids that no column can hold",
    "tests/isolation/test_rich_text.py": "ids that no column can hold",
    "tests/news": "order of dates",
    "tests/regions/enquiries": "locks of rows, numbers that are given once",
    "tests/regions/finder/test_geocoding.py": "regular expressions",
    "tests/regions/finder/test_lookup.py": "order of names, places by the thousand",
    "tests/regions/people/test_invitations.py": "locks of rows, addresses that differ by case",
    "tests/regions/people/test_leaving.py": "locks of rows, deletion in order",
    "tests/regions/test_access.py": "what reaches whom, as the database filters it",
    "tests/regions/test_exports.py": "deletion in the order of the references",
    "tests/regions/test_lifecycle.py": "deletion in the order of the references",
    "tests/regions/test_provisioning.py": "constraints, and what a second run finds",
    "tests/regions/test_trash.py": "pages kept as JSON",
    "tests/search/elasticsearch": "the outbox: locks, rows changed in bulk",
    "tests/search/results": "the newest of an index, in the engine's own order",
    "tests/search/statistics": "rows inserted or updated in bulk, sums over groups",
    "tests/search/test_concurrency.py": "locks of the index",
    "tests/search/test_engine.py": "two engines: indexes and ranking are the database's own",
    "tests/search/test_engine_filters.py": "facets and dates counted by the engine",
    "tests/search/test_fulltext.py": "the table of each database",
    "tests/search/test_index_version.py": "what is seen before it is committed",
    "tests/search/test_lists.py": "facets counted by the engine",
    "tests/search/test_query.py": "what a query asks the engine",
    "tests/search/test_sitemaps.py": "read row by row",
    "tests/search/test_sweep.py": "rows inserted or updated in bulk",
    "tests/search/test_sync_paths.py": "entries moved and removed by their paths",
    "tests/search/test_thesaurus.py": "synonyms in the engine's own query",
    "tests/site/test_exports.py": "what is read row by row while it is sent",
    "tests/site/test_queries.py": "the number of questions, which the engine of the search decides",
    "tests/test_add_a_room.py": "a room's migrations and what is provisioned after them",
    "tests/test_database_templates.py": "copies of databases",
    "tests/workflows/test_claims.py": "races for a review",
    "tests/workflows/test_decisions.py": "two decisions at once",
    "tests/workflows/test_gate.py": "what one transaction holds together",
    "tests/workflows/test_killed.py": "what one transaction holds together",
    "tests/workflows/test_scheduled_publishing.py": "times compared",
    "tests/workflows/translation/test_coverage.py": "keys of pages compared as text",
}

#: Own SQL, locks, constraints, JSON read as text, and errors of the database.
SIGNS = re.compile(
    r"select_for_update|\.vendor\b|\.cursor\(|RawSQL|\.extra\(|IntegrityError|OperationalError"
    r"|DatabaseError|UniqueConstraint|CheckConstraint|JSONField|ignore_conflicts|update_conflicts"
    r"|\bCast\(|\bFunc\(|KeyTransform|__i?regex|\.distinct\([^)]|transaction=True"
)


@cache
def is_selected(path: PurePath) -> bool:
    """Whether tests at this path, below the top of the repository, run on both databases."""
    return any(path.is_relative_to(place) for place in SECOND_DATABASE)


if __name__ == "__main__":
    # For pytest: to collect nothing else saves each process its time.
    print(*SECOND_DATABASE)  # noqa: T201
