#!/usr/bin/env bash
# Runs a command with ELASTICSEARCH_URL naming an Elasticsearch server.
#
#   .ci/with-elasticsearch.sh pytest -m elasticsearch
#
# An ELASTICSEARCH_URL of the caller is used as it is. Otherwise a private server is started
# (deploy/elasticsearch-dev), with TLS and a password as the stock image has them: its own ports on the
# loopback, its own folder, gone when the command ends. ELASTICSEARCH_NODES: how many (1).
set -euo pipefail

[ -z "${ELASTICSEARCH_URL:-}" ] || exec "$@"

server=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/deploy/elasticsearch-dev/server.sh
nodes=${ELASTICSEARCH_NODES:-1}
free_ports() { # the first of two for each node
  python3 - "$nodes" <<'END'
import socket, sys

while True:
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        port, others = first.getsockname()[1], []
        try:
            for number in range(1, 2 * int(sys.argv[1])):
                others.append(socket.create_server(("127.0.0.1", port + number)))
        except (OSError, OverflowError):
            continue
        finally:
            for other in others:
                other.close()
    print(port)
    break
END
}
folder=$(mktemp -d /tmp/haeuser-elasticsearch.XXXXXX)
chmod 755 "$folder" # the server's user has to get through
export ES_DEV_DATA=$folder ES_DEV_HTTP ES_DEV_TRANSPORT ES_DEV_PASSWORD
ES_DEV_HTTP=$(free_ports)
ES_DEV_TRANSPORT=$((ES_DEV_HTTP + nodes))
ES_DEV_PASSWORD=$(python3 -c 'import secrets; print(secrets.token_urlsafe(20))')

finish() {
  "$server" stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$server" start "$nodes" >&2
for ((node = 0; node < nodes; node++)); do
  ELASTICSEARCH_URL+=${ELASTICSEARCH_URL:+,}https://127.0.0.1:$((ES_DEV_HTTP + node))
done
export ELASTICSEARCH_URL ELASTICSEARCH_USER=elastic ELASTICSEARCH_PASSWORD=$ES_DEV_PASSWORD
ELASTICSEARCH_CA=$folder/tls.pem "$@"
