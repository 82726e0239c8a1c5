"""Settings of the search: the Elasticsearch server, if there is one."""

import os

#: Addresses of the nodes. Without any, the database answers searches.
ELASTICSEARCH_URLS = [url for url in os.environ.get("ELASTICSEARCH_URL", "").split(",") if url]
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_USER = os.environ.get("ELASTICSEARCH_USER", "")
ELASTICSEARCH_PASSWORD = os.environ.get("ELASTICSEARCH_PASSWORD", "")
#: File with the certificate of the authority that signed the server's.
ELASTICSEARCH_CA = os.environ.get("ELASTICSEARCH_CA", "")
#: How the names of all indexes of this installation begin.
ELASTICSEARCH_INDEX = os.environ.get("ELASTICSEARCH_INDEX", "haeuser")
#: Milliseconds that an answer may take. Then the database answers.
ELASTICSEARCH_TIMEOUT_MS = int(os.environ.get("ELASTICSEARCH_TIMEOUT_MS", "300"))
