#!/usr/bin/env bash
# A real Elasticsearch for development and CI, from Maven Central only, on loopback.
#   server.sh fetch          download the server, check it, add the plugin beside this script   (once, ~130 MB)
#   server.sh start [N]      start N nodes (default 1): http 9200.., transport 9350..; fetches first where needed
#   server.sh stop [I]       stop all nodes, or node I
#   server.sh kill I         SIGKILL node I (failover tests)
#   server.sh status
#   server.sh clean          stop, and remove all data, configs and logs (the download stays)
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${ES_VERSION:=9.5.3}"
: "${ES_SHA256:=bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d}"   # of 9.5.3; empty: not checked
: "${ES_DEV_ROOT:=/var/tmp/es-dev-$ES_VERSION}"    # must be reachable by $ES_DEV_USER when this runs as root
: "${ES_DEV_DATA:=$ES_DEV_ROOT}"                   # data, configs and logs of the nodes
: "${ES_DEV_HEAP:=512m}"
: "${ES_DEV_JAVA_OPTS:=-XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch}"   # quick start, small footprint; set to a blank for full speed
: "${ES_DEV_USER:=nobody}" "${ES_DEV_GROUP:=nogroup}"   # Elasticsearch refuses to run as root
: "${ES_DEV_HTTP:=9200}" "${ES_DEV_TRANSPORT:=9350}"
: "${ES_DEV_WAIT:=300}"
HOME_DIR=$ES_DEV_ROOT/elasticsearch-$ES_VERSION
CERTIFICATE=$ES_DEV_DATA/tls.pem   # with ES_DEV_PASSWORD: what a client has to trust

die() { echo "es-dev: $*" >&2; exit 1; }

find_java() {   # Elasticsearch 9 needs Java 21 or later
    local c v
    for c in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        [ -x "$c/bin/javac" ] || continue
        v=$("$c/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p')
        [ "${v%%.*}" -ge 21 ] 2>/dev/null && { echo "$c"; return; }
    done
    die "no JDK 21+ found; set ES_JAVA_HOME"
}

scheme() { [ -n "${ES_DEV_PASSWORD:-}" ] && echo https || echo http; }
ask() {   # ask PATH: curl with what the server wants to know
    local given=()
    [ -z "${ES_DEV_PASSWORD:-}" ] || given=(--cacert "$CERTIFICATE" -u "elastic:$ES_DEV_PASSWORD")
    curl -sf -m 5 "${given[@]}" "$(scheme)://127.0.0.1:$ES_DEV_HTTP/$1"
}

as_user() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid="$ES_DEV_USER" --regid="$ES_DEV_GROUP" --clear-groups --inh-caps=-all -- "$@"
    else
        "$@"
    fi
}
own() { [ "$(id -u)" != 0 ] || chown -R "$ES_DEV_USER:$ES_DEV_GROUP" "$@"; }

fetch() {
    local zip=$ES_DEV_ROOT/elasticsearch-$ES_VERSION.zip java plug stamp
    java=$(find_java)
    mkdir -p "$ES_DEV_ROOT"
    exec 7>"$ES_DEV_ROOT/fetch.lock"   # whoever comes second waits for what both need
    flock 7
    if [ ! -d "$HOME_DIR" ]; then
        ( cd "$ES_DEV_ROOT" && mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
            -Dartifact="org.elasticsearch.distribution.integ-test-zip:elasticsearch:$ES_VERSION:zip" \
            -DoutputDirectory="$ES_DEV_ROOT" -Dmdep.overWriteReleases=true )
        [ -z "$ES_SHA256" ] || echo "$ES_SHA256  $zip" | sha256sum -c --quiet - || { rm -f "$zip"; die "checksum mismatch"; }
        rm -rf "$ES_DEV_ROOT/unpack"; mkdir "$ES_DEV_ROOT/unpack"
        ( cd "$ES_DEV_ROOT/unpack" && "$java/bin/jar" xf "$zip" )
        chmod +x "$ES_DEV_ROOT/unpack/elasticsearch-$ES_VERSION"/bin/elasticsearch*
        mv "$ES_DEV_ROOT/unpack/elasticsearch-$ES_VERSION" "$HOME_DIR"
        rm -rf "$ES_DEV_ROOT/unpack" "$zip"
    fi
    plug=$HOME_DIR/plugins/esdev
    stamp=$(cat "$HERE"/plugin/src/esdev/*.java "$HERE/plugin/plugin-descriptor.properties" | sha256sum)
    if [ "$stamp" != "$(cat "$ES_DEV_ROOT/plugin.stamp" 2>/dev/null)" ]; then
        rm -rf "$plug" "$ES_DEV_ROOT/classes"; mkdir -p "$plug" "$ES_DEV_ROOT/classes"
        "$java/bin/javac" --release 21 -Xlint:none -XDsuppressNotes -cp "$HOME_DIR/lib/*" -d "$ES_DEV_ROOT/classes" "$HERE"/plugin/src/esdev/*.java
        "$java/bin/jar" cf "$plug/esdev.jar" -C "$ES_DEV_ROOT/classes" .
        sed "s/@ES_VERSION@/$ES_VERSION/" "$HERE/plugin/plugin-descriptor.properties" > "$plug/plugin-descriptor.properties"
        rm -rf "$ES_DEV_ROOT/classes"
        echo "$stamp" > "$ES_DEV_ROOT/plugin.stamp"
    fi
    exec 7>&-
}

launch() {   # launch I N: returns once the node's HTTP port is open
    local i=$1 n=$2 node=$ES_DEV_DATA/node$1 seeds="" j
    mkdir -p "$node/config" "$node/data" "$node/logs" "$node/tmp"
    cp -r "$HOME_DIR/config/." "$node/config/"
    if [ -d "$HERE/config" ]; then cp -r "$HERE/config/." "$node/config/"; fi      # word lists and the like
    for j in $(seq 1 "$n"); do seeds+="127.0.0.1:$((ES_DEV_TRANSPORT + j - 1)),"; done
    {
        echo "cluster.name: es-dev"
        echo "node.name: es$i"
        echo "path.data: $node/data"
        echo "path.logs: $node/logs"
        echo "network.host: 127.0.0.1"
        echo "http.port: $((ES_DEV_HTTP + i - 1))"
        echo "transport.port: $((ES_DEV_TRANSPORT + i - 1))"
        if [ "$n" = 1 ]; then
            echo "discovery.type: single-node"
        else
            echo "discovery.seed_hosts: [${seeds%,}]"
            [ -n "$(ls -A "$node/data")" ] || echo "cluster.initial_master_nodes: [es1]"
        fi
        echo "path.repo: $ES_DEV_DATA/repo"                          # for file-system snapshots
        if [ -n "${ES_DEV_PASSWORD:-}" ]; then                        # user `elastic`, HTTPS
            echo "xpack.security.enabled: true"
            echo "xpack.security.http.ssl: { enabled: true, certificate: tls.pem, key: tls.key }"
            echo "xpack.security.transport.ssl: { enabled: true, certificate: tls.pem, key: tls.key, certificate_authorities: [tls.pem], verification_mode: certificate }"
        else
            echo "xpack.security.enabled: false"
        fi
        echo "cluster.routing.allocation.disk.threshold_enabled: false"
    } > "$node/config/elasticsearch.yml"
    mkdir -p "$ES_DEV_DATA/repo"
    [ -z "${ES_DEV_PASSWORD:-}" ] || cp "$CERTIFICATE" "$ES_DEV_DATA/tls.key" "$node/config/"
    own "$node" "$ES_DEV_DATA/repo"
    local envs=(env -i PATH="$PATH" LANG=C.UTF-8 HOME="$node" ES_JAVA_HOME="$(find_java)" ES_PATH_CONF="$node/config" ES_TMPDIR="$node/tmp"
        ES_JAVA_OPTS="-Xms$ES_DEV_HEAP -Xmx$ES_DEV_HEAP $ES_DEV_JAVA_OPTS")
    if [ -n "${ES_DEV_PASSWORD:-}" ]; then
        rm -f "$node/config/elasticsearch.keystore"
        as_user "${envs[@]}" "$HOME_DIR/bin/elasticsearch-keystore" create -s >/dev/null 2>&1
        printf %s "$ES_DEV_PASSWORD" | as_user "${envs[@]}" "$HOME_DIR/bin/elasticsearch-keystore" add -f -x bootstrap.password >/dev/null 2>&1
    fi
    as_user "${envs[@]}" "$HOME_DIR/bin/elasticsearch" -d -p "$node/es.pid" > "$node/logs/start.out" 2>&1 </dev/null \
        || { tail -20 "$node/logs/start.out" >&2; die "node $i did not start; see $node/logs"; }
}

pid_of() { cat "$ES_DEV_DATA/node$1/es.pid" 2>/dev/null || true; }
certify() {   # a certificate that is its own authority
    mkdir -p "$ES_DEV_DATA"
    openssl x509 -checkend 86400 -noout -in "$CERTIFICATE" >/dev/null 2>&1 ||
        openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=es-dev -addext subjectAltName=IP:127.0.0.1 \
            -keyout "$ES_DEV_DATA/tls.key" -out "$CERTIFICATE" 2>"$ES_DEV_DATA/tls.log" ||
        die "no certificate: $(tail -1 "$ES_DEV_DATA/tls.log")"
}
alive() { local p; p=$(pid_of "$1"); [ -n "$p" ] && [ -d "/proc/$p" ]; }

start() {
    local n=${1:-1} i t0=$SECONDS jobs=() j
    fetch
    own "$HOME_DIR"
    [ -z "${ES_DEV_PASSWORD:-}" ] || certify
    for i in $(seq 1 "$n"); do
        alive "$i" && { echo "es-dev: node $i is already running"; continue; }
        launch "$i" "$n" & jobs+=($!)
    done
    for j in "${jobs[@]:-}"; do [ -z "$j" ] || wait "$j" || exit 1; done
    until ask "_cluster/health?wait_for_nodes=$n&wait_for_status=yellow&timeout=4s" >/dev/null; do
        [ $((SECONDS - t0)) -lt "$ES_DEV_WAIT" ] || die "not healthy after $ES_DEV_WAIT s"
        sleep 0.5
    done
    echo "es-dev: Elasticsearch $ES_VERSION, $n node(s), $(scheme)://127.0.0.1:$ES_DEV_HTTP, after $((SECONDS - t0)) s"
}

stop() {
    local i p
    for i in ${1:-$(ls -d "$ES_DEV_DATA"/node* 2>/dev/null | sed 's/.*node//')}; do
        p=$(pid_of "$i")
        if alive "$i"; then
            kill "$p"
            for _ in $(seq 1 60); do [ -d "/proc/$p" ] || break; sleep 0.5; done
            [ ! -d "/proc/$p" ] || kill -9 "$p"
        fi
        rm -f "$ES_DEV_DATA/node$i/es.pid"
    done
}

case "${1:-}" in
    fetch) fetch ;;
    start) start "${2:-1}" ;;
    stop) stop "${2:-}" ;;
    kill) alive "$2" && kill -9 "$(pid_of "$2")"; rm -f "$ES_DEV_DATA/node$2/es.pid" ;;
    clean) stop; rm -rf "$ES_DEV_DATA"/node* "$ES_DEV_DATA"/tls.* ;;
    status) ask "_cat/nodes?v&h=name,pid,version,heap.current,heap.max,master" || die "not running" ;;
    *) sed -n '2,9p' "$0"; exit 2 ;;
esac
