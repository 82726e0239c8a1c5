"""The client of the Elasticsearch server that the settings name."""

from functools import cache

from django.conf import settings
from elasticsearch import Elasticsearch

#: Seconds that sending entries may take: nobody waits for it.
SENDING_SECONDS = 10.0


@cache
def get_client() -> Elasticsearch:
    """The client of this process; it connects when it is asked for something.

    A node that refuses the connection is skipped and another one asked. What takes too long is
    not asked for again: the visitor waits.
    """
    urls: list[str] = settings.ELASTICSEARCH_URLS
    is_encrypted = any(url.startswith("https:") for url in urls)
    signed_in_by: dict[str, object] = {}
    if settings.ELASTICSEARCH_API_KEY:
        signed_in_by = {"api_key": settings.ELASTICSEARCH_API_KEY}
    elif settings.ELASTICSEARCH_USER:
        user = (settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD)
        signed_in_by = {"basic_auth": user}
    if is_encrypted and settings.ELASTICSEARCH_CA:
        signed_in_by["ca_certs"] = settings.ELASTICSEARCH_CA
    return Elasticsearch(
        urls,
        request_timeout=SENDING_SECONDS,
        retry_on_timeout=False,
        retry_on_status=(),
        max_retries=len(urls) - 1,
        **signed_in_by,  # type: ignore[arg-type]  # each of the type that its name asks for
    )
