"""Follow the runbook: the commands of two documents, in a folder and on a server of its own.

    POSTGRES_USER=postgres .ci/with-postgres.sh python scripts/runbook.py

A copy of the repository, as committed, is installed, started, backed up and restored, and every
table of the restored database is compared with the one before. Nothing of the machine is touched:
what stands in :data:`SKIPPED` is left out, and :data:`REPLACED` says what is put in the place of
what. Exit code 1 when a command fails or a table differs.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("docs/how-to/run-production.md", "docs/how-to/restore.md")
#: Blocks that are left out, by their first line, with the reason.
SKIPPED = {
    "useradd --system --home-dir /srv/haeuser --shell /usr/sbin/nologin haeuser": "the machine's",
}
#: The block of settings: a file, no commands.
SETTINGS = "DJANGO_SETTINGS_MODULE=cms.settings.production"
#: What stands in the documents, and what is put there: paths and secrets are the reader's.
REPLACED = {
    "/srv/haeuser": "{folder}",
    "install -d -o haeuser -g haeuser ": "install -d ",
    "install -d -m 711 -o haeuser -g haeuser ": "install -d -m 711 ",
    "the-password-of-the-role": "{secret}",
    "what-python-says": "{secret}{secret}",
    "127.0.0.1:5432": "{server}",
    "manage.py createsuperuser": "manage.py createsuperuser --no-input",
}
#: After the first start: something to back up, with files.
CONTENT = (
    'python manage.py create_region "Kreis Steinfurt" --kreis 05566 --email haus@example.org',
    "install -D /dev/null {folder}/media/documents/leer.txt",
)
_BLOCK = re.compile(r"^( *)```(?:sh|ini)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def blocks(document: str) -> list[str]:
    """The commands and settings of a document, block by block, without indentation."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True))
        for indent, block in _BLOCK.findall(text)
    ]


def steps(document: str, **values: str) -> list[str]:
    """What is run of a document, in its order.

    Args:
        values: of the names in :data:`REPLACED`.
    """
    taken = []
    for block in blocks(document):
        if block.splitlines()[0] in SKIPPED:
            continue
        for told, given in REPLACED.items():
            block = block.replace(told, given.format(**values))
        if block.startswith(SETTINGS):
            block = f"cat > {values['folder']}/environment <<'END'\n{block}END\n"
        taken.append(block)
    return taken


def run(script: list[str], environment: dict[str, str]) -> None:
    """Run blocks in one shell, which ends with the first command that fails."""
    subprocess.run(
        ["bash", "-euo", "pipefail", "-v", "-c", "\n".join(script)], env=environment, check=True
    )


def tables(server: str, name: str) -> dict[str, str]:
    """A fingerprint of every table of a database: its rows in any order, and its sequences."""
    import psycopg
    from psycopg import sql

    found = {}
    with psycopg.connect(f"postgres://postgres@{server}/{name}") as connection:
        names = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        for (table,) in names:
            query = sql.SQL(
                "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
            )
            found[table] = str(connection.execute(query.format(sql.Identifier(table))).fetchone())
        query = sql.SQL("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        found["sequences"] = str(connection.execute(query).fetchall())
    return found


def follow(folder: Path, server: str) -> int:
    """Install, start, back up, restore; gives how many tables differ."""
    given = {"folder": str(folder), "server": server, "secret": secrets.token_urlsafe(30)}
    host, _colon, port = server.partition(":")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {
        "PGHOST": host,
        "PGPORT": port,
        "PGUSER": "postgres",
        "DJANGO_SUPERUSER_EMAIL": "verwaltung@example.org",
        "DJANGO_SUPERUSER_PASSWORD": given["secret"],
    }
    (folder / "app").mkdir(parents=True)
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "--extract"], cwd=folder / "app", input=archive.stdout, check=True)
    install, restore = (steps(document, **given) for document in DOCUMENTS)
    content = [line.format(**given) for line in CONTENT]
    run([*install, *content], environment)
    shell = next(block for block in install if "set -a" in block)
    # The backup; then everything up to the tables that are compared; then the rest.
    put_back = next(n for n, block in enumerate(restore) if "pg_restore" in block)
    run([shell, *restore[: put_back + 1]], environment)
    before, after = tables(server, "haeuser_before"), tables(server, "haeuser")
    names = before.keys() | after.keys()
    different = [name for name in names if before.get(name) != after.get(name)]
    run([shell, *restore[put_back + 1 :]], environment)
    run([shell, f"diff --recursive {folder}/media-before {folder}/media"], environment)
    print(f"{len(before)} tables compared, {len(different)} differ: {sorted(different)}")
    serve(shell, environment)
    return len(different)


def serve(shell: str, environment: dict[str, str]) -> None:
    """Start the web processes on what was restored, and ask them for a page.

    Raises:
        OSError: if they do not answer within a minute.
    """
    command = f"{shell}\nexec gunicorn --config deploy/gunicorn.conf.py cms.wsgi"
    environment = environment | {"WEB_CONCURRENCY": "1", "BIND": "127.0.0.1:18001"}
    web = subprocess.Popen(["bash", "-euc", command], env=environment)
    request = urllib.request.Request(
        "http://127.0.0.1:18001/haeuser/kreis-steinfurt/",
        headers={"Host": "www.example.org", "X-Forwarded-Proto": "https"},
    )
    try:
        for attempt in range(60):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                    print(f"The restored site answers: {answer.status}")
                    return
            except urllib.error.HTTPError:
                raise
            except OSError:
                if attempt == 59:
                    raise
                time.sleep(1)
    finally:
        web.terminate()
        web.wait(timeout=40)


def main() -> int:
    """Follow both documents in a temporary folder."""
    server = urlsplit(os.environ.get("DATABASE_URL", "")).netloc.rpartition("@")[2]
    if not server:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="haeuser-runbook-"))
    try:
        return int(follow(folder, server) > 0)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
