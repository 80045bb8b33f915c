"""How everybody on the street speaks to the site: over HTTP, each with the key of an account, and what the answer was.

A door never raises more than `Fault`: the street must outlive whatever a site may answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

PATIENCE_SECONDS = 10


class Fault(Exception):
    """Why an act came to nothing. `kind`: `refused` by the site, `away` (not reached, or it failed), `unclear`."""

    def __init__(self, kind: str, why: str) -> None:
        self.kind, self.why = kind, why
        super().__init__(f"{kind}: {why}")


class Doors:
    """The API and the Open311 door of a site, for the holders of `keys` (login → key). A context manager."""

    def __init__(
        self, url: str, keys: Mapping[str, str], transport: httpx.BaseTransport | None = None
    ) -> None:
        self.keys = keys
        self.http = httpx.Client(base_url=url, timeout=PATIENCE_SECONDS, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def answers(self) -> bool:
        """Whether the site is there at all, whatever it says."""
        try:
            self.http.get("/open311/v2/discovery.json")
        except httpx.HTTPError:
            return False
        return True

    def get(self, login: str, path: str, **query: Any) -> Any:
        """The JSON that `login` reads at `path` of the API. Raises Fault."""
        return self._json("GET", f"/api{path}", params=query, headers=self._head(login))

    def post(self, login: str, path: str, said: Mapping[str, Any]) -> Any:
        """The JSON that `login` is answered. Raises Fault."""
        return self._json("POST", f"/api{path}", json=dict(said), headers=self._head(login))

    def report(self, login: str, form: Mapping[str, str]) -> Any:
        """A service request through GeoReport v2 with the key of `login`. Raises Fault."""
        return self._json("POST", "/open311/v2/requests.json", data={"api_key": self._key(login), **form})

    def _key(self, login: str) -> str:
        if login not in self.keys:
            raise Fault("refused", f"no key for {login}")
        return self.keys[login]

    def _head(self, login: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key(login)}"}

    def _json(self, method: str, path: str, **said: Any) -> Any:
        try:
            answer = self.http.request(method, path, **said)
        except httpx.HTTPError as error:
            raise Fault("away", type(error).__name__) from error
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise Fault("away", f"HTTP {answer.status_code}")
        if not answer.is_success:
            raise Fault("refused", _ground(answer))
        try:
            return answer.json()
        except ValueError as error:
            raise Fault("unclear", "no JSON") from error


def _ground(answer: httpx.Response) -> str:
    """The codes of the refusals, or the fields that are wrong; else the status."""
    try:
        body = answer.json()
        said = [r["code"] for r in body.get("refusals", ())] or list(body.get("errors", ()))
    except (ValueError, LookupError, TypeError, AttributeError):
        said = []
    return " ".join(map(str, said)) or f"HTTP {answer.status_code}"
