#!/usr/bin/env bash
# Runs a command with ELASTICSEARCH_URL naming an Elasticsearch server.
#
#   .ci/with-elasticsearch.sh pytest -m elasticsearch
#
# An ELASTICSEARCH_URL of the caller is used as it is. Otherwise a private server is started
# (deploy/elasticsearch-dev): its own ports on the loopback, its own folder, gone when the command ends.
set -euo pipefail

[ -z "${ELASTICSEARCH_URL:-}" ] || exec "$@"

server=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/deploy/elasticsearch-dev/server.sh
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
folder=$(mktemp -d /tmp/haeuser-elasticsearch.XXXXXX)
chmod 755 "$folder" # the server's user has to get through
export ES_DEV_DATA=$folder ES_DEV_HTTP ES_DEV_TRANSPORT
ES_DEV_HTTP=$(free_port)
ES_DEV_TRANSPORT=$(free_port)

finish() {
  "$server" stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$server" start >&2
ELASTICSEARCH_URL="http://127.0.0.1:$ES_DEV_HTTP" "$@"
