"""A reader of the API that holds its answers against the OpenAPI document."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

ROOT = "/api/v1/"


class Reader:
    """Reads addresses below :data:`ROOT`; every answer must be as the document says."""

    def __init__(self) -> None:
        self._client = Client()
        self.document = json.loads(self._client.get(f"{ROOT}openapi.json").content)

    def answer(self, operation: str, address: str, **headers: str) -> HttpResponse:
        """The answer to ``address``, which is of ``operation``."""
        response = self._client.get(f"{ROOT}{address}", headers=headers)
        self._check(operation, response)
        return response

    def read(self, operation: str, address: str) -> Any:
        """What a successful answer says."""
        response = self.answer(operation, address)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    def _check(self, operation: str, response: HttpResponse) -> None:
        described = next(
            item["get"]["responses"][str(response.status_code)]
            for item in self.document["paths"].values()
            if item["get"]["operationId"] == operation
        )
        schema = described["content"][response["Content-Type"].partition(";")[0]]["schema"]
        whole = {**schema, "components": self.document["components"]}
        Draft202012Validator(whole).validate(json.loads(response.content))


@pytest.fixture
def reader(db: None) -> Reader:
    """Reads the API."""
    return Reader()
