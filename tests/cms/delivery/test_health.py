"""Answers for monitoring and for search engines."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection


def test_live_needs_no_database(client):
    response = client.get("/-/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_with_a_database(client):
    assert client.get("/-/health/ready").status_code == 200


@pytest.mark.django_db
def test_not_ready_without_a_database(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    # What opens a transaction before the view would fail, too.
    monkeypatch.setattr(connection, "set_autocommit", away)
    response = client.get("/-/health/ready")
    assert response.status_code == 503


@pytest.mark.django_db
def test_robots(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert any(line.startswith("Sitemap: http") for line in lines)


@pytest.mark.django_db
def test_sitemap_lists_public_pages_only(client, house, news):
    index = client.get("/sitemap.xml").content.decode()
    maps = [urlsplit(address).path for address in re.findall("<loc>([^<]+)", index)]
    listed = " ".join(client.get(address).content.decode() for address in maps)
    assert house.url in listed
    assert news.slug not in listed
