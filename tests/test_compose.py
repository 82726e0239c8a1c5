"""What can be said of ``deploy/compose.yaml`` without starting a container."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
TEXT = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as YAML."""
    return yaml.safe_load(TEXT)


def test_all_parts_of_the_platform_are_there(compose: dict[str, Any]) -> None:
    assert {"postgresql", "elasticsearch", "web", "worker", "proxy"} <= compose["services"].keys()


def test_services_and_volumes_that_are_used_are_defined(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or source.startswith(("$", "/", ".")), volume


def test_every_variable_has_an_example() -> None:
    example = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

    assert set(re.findall(r"\$\{([A-Z_]+)", TEXT)) == named


def test_proxy_reads_the_folders_that_its_configuration_names(compose: dict[str, Any]) -> None:
    guide = (DEPLOY.parent / "docs" / "how-to" / "run-production.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:alias|root) (/[^;]+);", guide)
    (mounted,) = (
        volume.split(":")[1]
        for volume in compose["services"]["proxy"]["volumes"]
        if volume.startswith("app-data:")
    )

    assert [folder for folder in named if not folder.startswith(f"{mounted}/")] == []
    assert f"{mounted}/maintenance" in named
    assert "/var/haeuser/maintenance/wartung.html" in compose["services"]["update"]["command"][2]


def test_settings_of_the_application_exist(compose: dict[str, Any]) -> None:
    settings = DEPLOY.parent / "docs" / "reference" / "settings.md"
    documented = settings.read_text(encoding="utf-8")
    environment = compose["services"]["web"]["environment"]

    assert [name for name in environment if f"`{name}`" not in documented] == []


def test_search_server_has_a_password_and_a_certificate(compose: dict[str, Any]) -> None:
    server = compose["services"]["elasticsearch"]["environment"]

    assert (server["xpack.security.enabled"], server["xpack.security.http.ssl.enabled"]) == (
        "true",
        "true",
    )


def test_no_secret_of_the_folder_gets_into_the_image() -> None:
    left_out = (DEPLOY.parent / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert {"deploy/environment", ".env", ".git", "var"} <= set(left_out)
