"""The model hub, asked through huggingface_hub: what a repository holds, and its files' bytes, verified.

The only module of the program that reaches for a network; it runs in the download's own process
(:mod:`~blipdesk.engine.hub_child`).  Thread: one.

Of huggingface_hub it takes the session (proxies, offline mode), the listing, the addresses and the errors,
but not ``hf_hub_download``: 2.4 throws away what has come whenever it fails (it writes to a file of a random
name), takes 10 MB before it writes or counts any of it, does not go on after a connection was reset
(``ReadError``), compares sizes only, and takes files in Xet storage from another host than HF_ENDPOINT names.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from blipdesk import __version__
from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.hub_files import Listing, RemoteFile
from blipdesk.engine.hub_words import Broken, in_words

_AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that pass (RFC 9110, 15.5 and 15.6; RFC 6585, 4)."""
_LARGE = 200_000_000
"""Bytes; the checksum of a file above takes long enough to be mentioned."""
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to bear with a bad connection; seconds.

    A download fails after ``tries`` breaks in a row that brought nothing new.  The pauses between them double
    from one second to half a minute, so that a line may be gone for a minute and a half.
    """

    tries: int = 8
    silence: float = 30.0
    """Without a byte for so long, a connection is given up, and a new one takes its place."""
    slow_after: float = 60.0
    slow_bytes: int = 16_384
    """A connection that brings fewer in ``slow_after`` counts as broken."""
    longest_pause: float = 300.0
    """A server that asks for a longer pause is not waited for; the person is told."""
    wait: Callable[[float], None] = time.sleep


class HubClient:
    """A hub; every failure is raised in words (:class:`~blipdesk.domain.errors.ModelError`).

    Args:
        endpoint: its address.
        token: the person's, empty for none.  It goes to ``endpoint`` alone, not along redirects elsewhere.
        patience: with a bad connection.
        on_note: told why nothing comes, empty once it comes again.
    """

    def __init__(self, endpoint: str, token: str, patience: Patience, on_note: Callable[[str], None]) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._host = urlsplit(self._endpoint).netloc or self._endpoint
        self._token = token
        self._patience = patience
        self._on_note = on_note

    # ----------------------------------------------------------------------------------------- what there is

    def listing(self, repo: str, revision: str) -> Listing:
        """What a repository holds at a revision (empty: its newest), which becomes a commit's sha.

        Raises:
            ModelError: there is none, it is not given out, no connection, or the answer is no hub's.
        """
        from huggingface_hub import HfApi

        api = HfApi(
            endpoint=self._endpoint,
            token=self._token or False,
            library_name="blipdesk",
            library_version=__version__,
        )
        with in_words(repo, self._host, bool(self._token)):
            info = self._patiently(
                lambda: api.model_info(
                    repo, revision=revision or None, files_metadata=True, timeout=self._patience.silence
                )
            )
            return _listing_of(repo, info)

    def _patiently(self, ask: Callable[[], Any]) -> Any:
        import httpx2

        failures = 0
        while True:
            try:
                return ask()
            except httpx2.HTTPError as error:
                failures += 1
                self._pause(error, failures, offline_at_once=True)

    # -------------------------------------------------------------------------------------------- its bytes

    def bring(
        self, listing: Listing, file: RemoteFile, folder: Path, on_bytes: Callable[[int], None]
    ) -> None:
        """Put a file into ``folder``, verified; what an earlier try has left of it is used.

        A file whose bytes are wrong is thrown away and brought once more.

        Args:
            listing: where it comes from.
            file: one of its files.
            folder: of the download.
            on_bytes: told how many more there are; negative where some were thrown away.

        Raises:
            ModelError: the connection fails, the bytes are wrong twice, or the disk cannot take them.
        """
        partial = folder / file.partial_name
        with in_words(listing.repo, self._host, bool(self._token), folder):
            for _ in range(2):
                self._bring_all(listing, file, partial, on_bytes)
                if file.size > _LARGE:
                    self._on_note(later("Checking {name}.").format(name=file.name))
                if file.matches(partial):
                    break
                on_bytes(-partial.stat().st_size)
                partial.unlink()
                self._on_note(later("{name} came damaged: getting it again.").format(name=file.name))
            else:
                raise ModelError(
                    later(
                        "{name} of {repo} came damaged twice from {host} (its checksum is not "
                        "the one that the hub names), and was thrown away."
                    ).format(name=file.name, repo=listing.repo, host=self._host),
                    later("Try again later, or from another network."),
                )
            with partial.open("rb+") as stream:
                os.fsync(stream.fileno())
            target = folder / file.name
            target.parent.mkdir(exist_ok=True)
            partial.replace(target)

    def _bring_all(
        self, listing: Listing, file: RemoteFile, partial: Path, on_bytes: Callable[[int], None]
    ) -> None:
        """Ask for what is missing until all is there; each time again where the last one broke off."""
        import httpx2
        from huggingface_hub import hf_hub_url

        url = hf_hub_url(listing.repo, file.name, revision=listing.revision, endpoint=self._endpoint)
        partial.touch(mode=0o600)
        furthest = partial.stat().st_size
        failures = 0
        while partial.stat().st_size != file.size:
            try:
                self._stream(url, file, partial, on_bytes)
            except (httpx2.HTTPError, Broken) as error:
                have = partial.stat().st_size
                is_slow = isinstance(error, Broken) and error.is_slow
                failures = failures + 1 if have <= furthest or is_slow else 0
                furthest = max(furthest, have)
                self._pause(error, failures)
        self._on_note("")

    def _stream(self, url: str, file: RemoteFile, partial: Path, on_bytes: Callable[[int], None]) -> None:
        """One connection's worth of a file, appended."""
        from huggingface_hub.utils import get_session, hf_raise_for_status

        have = partial.stat().st_size
        with get_session().stream(
            "GET", url, headers=self._headers(have), timeout=self._patience.silence
        ) as response:
            if response.status_code == 416:  # the server's file ends before the place we ask for
                _empty(partial, on_bytes)
                raise Broken(self._of(file, later("{name} is shorter at {host} than its listing says")))
            hf_raise_for_status(response)
            if have and not _begins_at(response.headers.get("Content-Range", ""), have):
                _empty(partial, on_bytes)  # this server gives whole files only
            with partial.open("ab") as out:
                for chunk in self._timely(response.iter_bytes()):
                    self._on_note("")
                    out.write(chunk)
                    on_bytes(len(chunk))
                    if out.tell() > file.size:
                        break
        size = partial.stat().st_size
        if size > file.size:
            _empty(partial, on_bytes)
            raise Broken(self._of(file, later("{name} is longer at {host} than its listing says")))
        if size < file.size:
            raise Broken(self._of(file, later("{name} is shorter at {host} than its listing says")))

    def _of(self, file: RemoteFile, said: str) -> str:
        return said.format(name=file.name, host=self._host)

    def _headers(self, have: int) -> dict[str, str]:
        from huggingface_hub.utils import build_hf_headers

        headers: dict[str, str] = build_hf_headers(
            token=self._token or False, library_name="blipdesk", library_version=__version__
        )
        headers["Accept-Encoding"] = "identity"  # a place in a compressed answer is no place in the file
        if have:
            headers["Range"] = f"bytes={have}-"
        return headers

    def _timely(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, while they come fast enough: a drip keeps a connection from ever timing out."""
        since, came = time.monotonic(), 0
        for chunk in chunks:
            yield chunk
            came += len(chunk)
            seconds = time.monotonic() - since
            if seconds >= self._patience.slow_after:
                if came < self._patience.slow_bytes:
                    slow = later("{host} sent {count} bytes in {seconds} seconds")
                    said = slow.format(host=self._host, count=came, seconds=round(seconds))
                    raise Broken(said, is_slow=True)
                since, came = time.monotonic(), 0

    # ---------------------------------------------------------------------------------------------- patience

    def _pause(self, error: Exception, failures: int, *, offline_at_once: bool = False) -> None:
        """Wait before the next try, or raise ``error`` where no further try will help."""
        asked = _pause_of(error)
        if asked is None or failures >= self._patience.tries or asked > self._patience.longest_pause:
            raise error
        if offline_at_once and _is_offline(error):
            raise error
        seconds = max(asked, min(30.0, 2.0 ** max(0, failures - 1)))
        why = later("{problem}: trying again in {seconds} s.")
        self._on_note(why.format(problem=_short(error, self._host), seconds=round(seconds)))
        self._patience.wait(seconds)


def _listing_of(repo: str, info: Any) -> Listing:
    """The listing in an answer of the hub, each of its parts looked at.

    Raises:
        ModelError: checksums or sizes are missing.
    """
    card = info.card_data.to_dict() if info.card_data else {}
    licence = card.get("license_name") or card.get("license") or ""
    files = []
    for sibling in info.siblings or ():
        if not _NAME.fullmatch(sibling.rfilename):
            continue
        sha256 = sibling.lfs.sha256 if sibling.lfs else ""
        size = sibling.lfs.size if sibling.lfs else sibling.size
        blob = sibling.blob_id or ""
        if not isinstance(size, int) or not (
            re.fullmatch(r"[0-9a-f]{64}", sha256) or re.fullmatch(r"[0-9a-f]{40}", blob)
        ):
            raise ModelError(
                later("The hub gives no checksum for {rfilename} of {repo}.").format(
                    rfilename=sibling.rfilename, repo=repo
                ),
                later("Download it from huggingface.co itself (unset HF_ENDPOINT), or import a folder."),
            )
        files.append(RemoteFile(sibling.rfilename, size, sha256, blob))
    if not re.fullmatch(r"[0-9a-f]{40}", str(info.sha)):
        raise ModelError(
            later("The hub does not say which revision of {repo} it has.").format(repo=repo),
            later("Try again later."),
        )
    return Listing(repo, str(info.sha), str(licence), tuple(files))


def _begins_at(content_range: str, place: int) -> bool:
    return content_range.startswith(f"bytes {place}-")


def _empty(partial: Path, on_bytes: Callable[[int], None]) -> None:
    on_bytes(-partial.stat().st_size)
    os.truncate(partial, 0)


def _is_offline(error: Exception) -> bool:
    import httpx2

    return isinstance(error, httpx2.ConnectError | httpx2.ProxyError)


def _pause_of(error: Exception) -> float | None:
    """Seconds that the server asks to wait, 0 where it says nothing, None where waiting is no use."""
    import httpx2
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import parse_ratelimit_headers

    if isinstance(error, Broken):
        return 0.0
    if isinstance(error, HfHubHTTPError):
        if error.response.status_code not in _AGAIN:
            return None
        limits = parse_ratelimit_headers(error.response.headers)
        if error.response.status_code == 429 and limits is not None and limits.remaining == 0:
            return float(limits.reset_in_seconds)
        return _retry_after(error.response.headers.get("Retry-After", ""))
    passing = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.ProxyError)
    return 0.0 if isinstance(error, passing) else None


def _retry_after(words: str) -> float:
    """Seconds of a Retry-After header: a number or a date (RFC 9110, 10.2.3).

    >>> _retry_after("7"), _retry_after("")
    (7.0, 0.0)
    """
    if words.strip().isdecimal():
        return float(words)
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(words) - datetime.now(UTC)).total_seconds())
    return 0.0


def _short(error: Exception, host: str) -> str:
    """A few words for the one line beside the progress bar."""
    from huggingface_hub.errors import HfHubHTTPError

    if isinstance(error, HfHubHTTPError):
        return later("{host} is busy ({code})").format(host=host, code=error.response.status_code)
    return later("The connection broke") if not isinstance(error, Broken) else str(error)
