"""Somebody's program: what a token of a person asks of the open API."""

from __future__ import annotations

import json

from django.test import Client

from qiantang.commons.accounts.api import access as tokens


class Program:
    """Asks with a token; ``got`` and ``done`` are for what has to succeed, ``refused`` tells status and code."""

    def __init__(self, actor, *scopes):
        wanted = scopes or ("cases:read", "cases:write", "deposits:read", "deposits:write")
        token = tokens.make_token(actor=actor, name="t", scopes=wanted, days=30).text
        self.told = {"authorization": f"Bearer {token}", "accept-language": "en"}

    def ask(self, method, path, body=None):
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return Client().generic(method, f"/api/v1/{path}", headers=self.told, **sent)

    def got(self, path):
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def done(self, path, body=None, method="POST"):
        answer = self.ask(method, path, body)
        assert answer.status_code in (200, 201, 204), answer.content
        return answer.json() if answer.content else None

    def refused(self, path, body=None, method="POST"):
        answer = self.ask(method, path, body)
        assert answer.status_code >= 400, answer.content
        return answer.status_code, answer.json()["code"]

    def wrong(self, path, body, method="POST"):
        """The places that are named where a body is not taken."""
        answer = self.ask(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "api.question")
        return [one["place"] for one in answer.json()["errors"]]
