"""A model hub on loopback that speaks what huggingface_hub asks for, and misbehaves where it is told to.

Two servers, as at the real one: the hub itself (listing, small files, redirects) and another origin that
hands out the large files.  What both were asked for is kept in ``requests``.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

REVISION = "5" * 40
REPO = "somebody/tiny-captioner"


@dataclass
class HubRepo:
    """A repository: its files, where it stands, and who may have it."""

    files: dict[str, bytes]
    revision: str = REVISION
    licence: str = "bsd-3-clause"
    needs_token: str = ""
    large: tuple[str, ...] = (".safetensors", ".bin", ".h5", ".msgpack")

    @classmethod
    def of(cls, folder: Path) -> HubRepo:
        return cls({file.name: file.read_bytes() for file in sorted(folder.iterdir())})

    def is_large(self, name: str) -> bool:
        return name.endswith(self.large)

    def sibling(self, name: str) -> dict[str, object]:
        data = self.files[name]
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        entry: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": blob}
        if self.is_large(name):
            entry["lfs"] = {
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": len(data),
                "pointerSize": 130,
            }
        return entry


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    server: str
    method: str
    path: str
    headers: dict[str, str]


Fault = Callable[["_Handler", bytes, int], None]
"""Answers a request for ``data`` from byte ``start`` on, its own way."""


@dataclass
class HubServer:
    """The hub; ``with HubServer() as hub``.

    Attributes:
        repos: repositories by ``owner/name``.
        faults: what the next requests for a path that contains the key get instead of the right answer.
        requests: what was asked.
    """

    repos: dict[str, HubRepo] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    endpoint: str = ""
    storage: str = ""

    def __enter__(self) -> HubServer:
        self._servers = [_Server(self, name) for name in ("hub", "storage")]
        self.endpoint, self.storage = (f"http://127.0.0.1:{one.server_port}" for one in self._servers)
        self._threads = [
            threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
            for one in self._servers
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def misbehave(self, path: str, *faults: Fault) -> None:
        """The next requests whose path contains ``path`` get these answers, one each."""
        self.faults.setdefault(path, deque()).extend(faults)

    def asked(self, part: str) -> list[Asked]:
        """The requests whose path contains ``part``."""
        return [one for one in self.requests if part in one.path]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, hub: HubServer, name: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub = hub
        self.name = name

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Listing, file or redirect."""
        hub = self.server.hub
        hub.requests.append(Asked(self.server.name, self.command, self.path, dict(self.headers)))
        for part, faults in hub.faults.items():
            # A fault that is about bytes waits for the request that gets them.
            if part in self.path and faults and (self.server.name == "storage" or not self._redirects()):
                faults.popleft()(self, self._data(), self._start())
                return
        if self.server.name == "storage":
            self.send_data(self._data(), self._start())
        elif urlsplit(self.path).path.startswith("/api/models/"):  # a proxy is asked with the whole address
            self._listing()
        else:
            self._resolve()

    def _redirects(self) -> bool:
        repo, _, name = self._named()
        return repo is not None and repo.is_large(name)

    def _named(self) -> tuple[HubRepo | None, str, str]:
        """Repository, revision and file of a path."""
        parts = urlsplit(self.path).path.strip("/").split("/")
        if len(parts) >= 5 and parts[2] == "resolve":
            return self.server.hub.repos.get("/".join(parts[:2])), parts[3], "/".join(parts[4:])
        return None, "", ""

    def _data(self) -> bytes:
        repo, _, name = self._named()
        return repo.files.get(name, b"") if repo else b""

    def _start(self) -> int:
        wanted = self.headers.get("Range", "bytes=0-")
        return int(wanted.removeprefix("bytes=").partition("-")[0])

    def _refused(self, repo: HubRepo | None) -> bool:
        if repo is None:  # the real one says 401 to strangers, so that private names are not given away
            self.send_error_code(401, "RepoNotFound", "Repository not found")
        elif repo.needs_token and self.headers.get("Authorization") != f"Bearer {repo.needs_token}":
            self.send_error_code(401, "GatedRepo", "Access to this model is restricted.")
        else:
            return False
        return True

    def _listing(self) -> None:
        parts = urlsplit(self.path).path.split("/")[3:]
        repo = self.server.hub.repos.get("/".join(parts[:2]))
        if repo is None:
            self._refused(None)
            return
        if len(parts) == 4 and parts[3] not in {repo.revision, "main"}:
            self.send_error_code(404, "RevisionNotFound", "Invalid rev id")
            return
        with_blobs = "blobs" in parse_qs(urlsplit(self.path).query)
        siblings = [repo.sibling(name) if with_blobs else {"rfilename": name} for name in repo.files]
        self.send_json(
            {
                "_id": "0", "id": "/".join(parts[:2]), "sha": repo.revision, "private": False,
                "gated": bool(repo.needs_token) and "auto", "tags": [f"license:{repo.licence}"],
                "cardData": {"license": repo.licence}, "siblings": siblings,
            }
        )  # fmt: skip

    def _resolve(self) -> None:
        repo, revision, name = self._named()
        if self._refused(repo):
            return
        assert repo is not None
        if revision != repo.revision:
            self.send_error_code(404, "RevisionNotFound", "Invalid rev id")
        elif name not in repo.files:
            self.send_error_code(404, "EntryNotFound", "Entry not found")
        elif repo.is_large(name):
            self.send_response(302)
            self.send_header("Location", f"{self.server.hub.storage}{urlsplit(self.path).path}?signature=1")
            self.send_header("X-Repo-Commit", revision)
            self.send_header("X-Linked-Size", str(len(repo.files[name])))
            self.send_header("X-Linked-Etag", f'"{hashlib.sha256(repo.files[name]).hexdigest()}"')
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_data(repo.files[name], self._start())

    # -------------------------------------------------------------------------------------------- answers

    def send_error_code(self, status: int, code: str, words: str, **headers: str) -> None:
        """An error as the hub gives it."""
        self.send_json({"error": words}, status, {"X-Error-Code": code, "X-Error-Message": words, **headers})

    def send_json(self, value: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def send_head(self, data: bytes, start: int, length: int | None = None) -> None:
        """Status and headers of ``data`` from ``start`` on, with the right or another length."""
        if start and start >= len(data):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(data)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("Content-Length", str(len(data) - start if length is None else length))
        self.end_headers()

    def send_data(self, data: bytes, start: int) -> None:
        """``data`` from byte ``start`` on, as asked."""
        self.send_head(data, start)
        self.wfile.write(data[start:])


# ----------------------------------------------------------------------------------------------- misbehaving


def status(code: int, error_code: str = "", words: str = "no", **headers: str) -> Fault:
    """An HTTP error; underscores in header names stand for dashes."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_error_code(code, error_code, words, **named)

    return answer


def cut(after: int) -> Fault:
    """The right headers, ``after`` bytes, and the connection breaks."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_head(data, start)
        handler.wfile.write(data[start : start + after])
        handler.wfile.flush()
        handler.close_connection = True

    return answer


def shortened(to: int) -> Fault:
    """A whole answer of a file that is shorter than the listing says."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_data(data[:to], start) if start < to else handler.send_head(data[:to], start)

    return answer


def lengthened(by: int) -> Fault:
    """A whole answer of a file that is longer than the listing says."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_data(data + b"\0" * by, start)

    return answer


def wrong_length(of: int) -> Fault:
    """All bytes under a Content-Length that says more, and the connection ends."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_head(data, start, len(data) - start + of)
        handler.wfile.write(data[start:])
        handler.close_connection = True

    return answer


def flipped(at: int) -> Fault:
    """The right number of bytes, one of them wrong."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        wrong = bytearray(data)
        wrong[at] ^= 1
        handler.send_data(bytes(wrong), start)

    return answer


def ignoring_range(handler: _Handler, data: bytes, start: int) -> None:
    """The whole file with status 200, whatever part was asked for."""
    handler.send_data(data, 0)


def dripping(size: int, pause: float) -> Fault:
    """A few bytes at a time, for ever."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_head(data, start)
        for place in range(start, len(data), size):
            handler.wfile.write(data[place : place + size])
            handler.wfile.flush()
            if handler.server.hub.stopped.wait(pause):
                return

    return answer


def silent(after: int) -> Fault:
    """``after`` bytes, then nothing, the connection open."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_head(data, start)
        handler.wfile.write(data[start : start + after])
        handler.wfile.flush()
        handler.server.hub.stopped.wait(60)
        handler.close_connection = True

    return answer


def elsewhere(path: str) -> Fault:
    """A redirect to another path of the same server."""

    def answer(handler: _Handler, data: bytes, start: int) -> None:
        handler.send_response(307)
        handler.send_header("Location", path)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def sign_in_page(handler: _Handler, data: bytes, start: int) -> None:
    """What a hotel's network answers to anything."""
    body = b"<html>Welcome! Please sign in.</html>"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
