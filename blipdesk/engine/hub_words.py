"""What goes wrong with a model hub, in words: one sentence and a remedy for each kind of failure."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import ModelError

_log = logging.getLogger("blipdesk.engine.hub_child")

KEPT = "What has come is kept: the same command goes on from there."
_CHECK_PROXY = "HTTPS_PROXY (HTTP_PROXY, ALL_PROXY) has to be like http://host:port, or be unset."
_WITHOUT = "Without a network, import a folder: blipdesk models import DIR."


class Broken(Exception):
    """A connection that ended well and brought the wrong amount, or brought next to nothing."""

    def __init__(self, words: str, *, is_slow: bool = False) -> None:
        super().__init__(words)
        self.is_slow = is_slow


@contextlib.contextmanager
def in_words(repo: str, host: str, has_token: bool, folder: Path | None = None) -> Iterator[None]:
    """Turn what huggingface_hub, its HTTP client and the disk raise into :class:`ModelError`.

    Args:
        repo: what is being asked for.
        host: of whom.
        has_token: whether a token was sent.
        folder: where it is being put.

    Raises:
        ModelError: in place of each failure that has words.
    """
    import httpx2
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    try:
        yield
    except Broken as error:
        raise ModelError(f"The download of {repo} broke off: {error}.", KEPT) from error
    except OfflineModeIsEnabled as error:
        raise ModelError(
            "Downloads are switched off: HF_HUB_OFFLINE is set in the environment.", f"Unset it. {_WITHOUT}"
        ) from error
    except HfHubHTTPError as error:
        raise _of_status(error, repo, host, has_token) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _of_connection(error, repo, host) from error
    except OSError as error:
        raise _of_disk(error, folder) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if "proxy" in str(error).lower():  # httpx2 about what the environment says
            raise ModelError(f"The proxy cannot be used: {error}.", _CHECK_PROXY) from error
        _log.warning("not what a hub answers, or a bug of ours", exc_info=True)
        raise ModelError(
            f"The answer of {host} is not that of a model hub ({type(error).__name__}).",
            "Is this a network that wants you to sign in first? Open a page in a browser, then try again;"
            " where HF_ENDPOINT or a proxy is set, check it.",
        ) from error
    except ImportError as error:  # httpx2 without socksio
        raise ModelError("A SOCKS proxy is set, which cannot be used.", _CHECK_PROXY) from error


def _of_status(error: Any, repo: str, host: str, has_token: bool) -> ModelError:
    """Words for an HTTP status; names of the hub's own codes are in its X-Error-Code header."""
    from huggingface_hub.errors import EntryNotFoundError, GatedRepoError, RevisionNotFoundError

    status = error.response.status_code
    if isinstance(error, GatedRepoError):
        return ModelError(
            f"{repo} is given only to people who have agreed to its terms.",
            f"Agree to them at https://{host}/{repo}, make a token there, set HF_TOKEN to it, and try again.",
        )
    if isinstance(error, RevisionNotFoundError):
        return ModelError(f"{host} does not have the wanted revision of {repo}.", "Update BlipDesk.")
    if isinstance(error, EntryNotFoundError):
        return ModelError(f"{host} lists a file of {repo} that it does not have.", "Try again later.")
    if status == 401 and has_token:
        return ModelError(
            f"{host} does not accept the token in HF_TOKEN.", "Make a new one there, or unset HF_TOKEN."
        )
    if status in {401, 404}:
        return ModelError(
            f"There is no model {repo} at {host}, or it is private.",
            "blipdesk models list shows the names. For a private one, set HF_TOKEN.",
        )
    if status == 403:
        return ModelError(f"{host} refuses to hand out {repo} (403).", "A proxy or firewall may forbid it.")
    if status == 407:
        return ModelError(
            "The proxy wants a name and a password.", "HTTPS_PROXY=http://name:password@host:port"
        )
    if status == 429:
        asked = error.response.headers.get("Retry-After", "")
        pause = f" for {int(asked) / 60:.0f} minutes" if asked.isdecimal() and int(asked) >= 90 else ""
        return ModelError(f"{host} has had too many requests from here and asks to wait{pause}.", KEPT)
    if status >= 500:
        return ModelError(f"{host} has trouble ({status}).", f"Try again later. {KEPT}")
    return ModelError(f"{host} answers {status} for {repo}.", "Try again later.")


def _of_connection(error: Exception, repo: str, host: str) -> ModelError:
    import httpx2

    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return ModelError(
            f"{host} is no web address.", "HF_ENDPOINT has to be one, such as https://huggingface.co."
        )
    if isinstance(error, httpx2.ProxyError):
        return ModelError(f"The proxy does not let us through to {host} ({error}).", _CHECK_PROXY)
    if isinstance(error, httpx2.TimeoutException):
        return ModelError(f"{host} does not answer.", f"Check the connection. {KEPT}")
    if isinstance(error, httpx2.ConnectError):
        if _has_cause(error, ssl.SSLError):
            return ModelError(
                f"The certificate of {host} cannot be verified.",
                "Check the computer's clock; behind a company's proxy, set SSL_CERT_FILE to its certificate.",
            )
        return ModelError(
            f"There is no connection to {host}.",
            f"Connect to the internet; {_proxy_words()}. {_WITHOUT}",
        )
    if isinstance(error, httpx2.TooManyRedirects):
        return ModelError(f"{host} sends us round in circles.", "Check HF_ENDPOINT, or try again later.")
    return ModelError(f"The connection to {host} broke again and again.", KEPT)


def _proxy_words() -> str:
    names = ("https_proxy", "http_proxy", "all_proxy")
    for name in (*names, *map(str.upper, names)):
        if os.environ.get(name):
            return f"{name} is set: check that proxy"
    return "behind a proxy, set HTTPS_PROXY"


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False


def _of_disk(error: OSError, folder: Path | None) -> ModelError:
    place = folder.parent if folder else error.filename or "The disk"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ModelError(f"The disk of {place} is full.", f"Free some space. {KEPT}")
    if error.errno == errno.EFBIG:
        return ModelError(
            f"{place} takes no file that large (as with the FAT file system or a quota).",
            "Choose a data folder on another disk with --data-dir.",
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ModelError(f"{place} cannot be written: {error.strerror}.", "Choose another --data-dir.")
    return ModelError(f"{place} cannot be used: {error.strerror or error}.", "Check the disk.")
