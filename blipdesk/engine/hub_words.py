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
from blipdesk.domain.wording import later

_log = logging.getLogger("blipdesk.engine.hub_child")

KEPT = later("What has come is kept: the next download goes on from there.")
_CHECK_PROXY = later("HTTPS_PROXY (HTTP_PROXY, ALL_PROXY) has to be like http://host:port, or be unset.")
_WITHOUT = later("Without a network, import a folder: blipdesk models import DIR.")


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
        raise ModelError(
            later("The download of {repo} broke off: {error}.").format(repo=repo, error=error), KEPT
        ) from error
    except OfflineModeIsEnabled as error:
        raise ModelError(
            later("Downloads are switched off: HF_HUB_OFFLINE is set in the environment."),
            later("Unset it. {without}").format(without=_WITHOUT),
        ) from error
    except HfHubHTTPError as error:
        raise _of_status(error, repo, host, has_token) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _of_connection(error, repo, host) from error
    except OSError as error:
        raise _of_disk(error, folder) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if "proxy" in str(error).lower():  # httpx2 about what the environment says
            raise ModelError(
                later("The proxy cannot be used: {error}.").format(error=error), _CHECK_PROXY
            ) from error
        _log.warning("not what a hub answers, or a bug of ours", exc_info=True)
        raise ModelError(
            later("The answer of {host} is not that of a model hub ({name}).").format(
                host=host, name=type(error).__name__
            ),
            later(
                "Is this a network that wants you to sign in first? Open a page in a browser, then try again;"
                " where HF_ENDPOINT or a proxy is set, check it."
            ),
        ) from error
    except ImportError as error:  # httpx2 without socksio
        raise ModelError(later("A SOCKS proxy is set, which cannot be used."), _CHECK_PROXY) from error


def _of_status(error: Any, repo: str, host: str, has_token: bool) -> ModelError:
    """Words for an HTTP status; names of the hub's own codes are in its X-Error-Code header."""
    from huggingface_hub.errors import EntryNotFoundError, GatedRepoError, RevisionNotFoundError

    status = error.response.status_code
    if isinstance(error, GatedRepoError):
        return ModelError(
            later("{repo} is given only to people who have agreed to its terms.").format(repo=repo),
            later(
                "Agree to them at https://{host}/{repo}, make a token there, set "
                "HF_TOKEN to it, and try again."
            ).format(host=host, repo=repo),
        )
    if isinstance(error, RevisionNotFoundError):
        return ModelError(
            later("{host} does not have the wanted revision of {repo}.").format(host=host, repo=repo),
            later("Update BlipDesk."),
        )
    if isinstance(error, EntryNotFoundError):
        return ModelError(
            later("{host} lists a file of {repo} that it does not have.").format(host=host, repo=repo),
            later("Try again later."),
        )
    if status == 401 and has_token:
        return ModelError(
            later("{host} does not accept the token in HF_TOKEN.").format(host=host),
            later("Make a new one there, or unset HF_TOKEN."),
        )
    if status in {401, 404}:
        return ModelError(
            later("There is no model {repo} at {host}, or it is private.").format(repo=repo, host=host),
            later("blipdesk models list shows the names. For a private one, set HF_TOKEN."),
        )
    if status == 403:
        return ModelError(
            later("{host} refuses to hand out {repo} (403).").format(host=host, repo=repo),
            later("A proxy or firewall may forbid it."),
        )
    if status == 407:
        return ModelError(
            later("The proxy wants a name and a password."), "HTTPS_PROXY=http://name:password@host:port"
        )
    if status == 429:
        asked = error.response.headers.get("Retry-After", "")
        said = later("{host} has had too many requests from here and asks to wait.")
        minutes = int(asked) / 60 if asked.isdecimal() else 0
        if minutes >= 1.5:
            said = later("{host} has had too many requests from here and asks to wait for {minutes} minutes.")
        return ModelError(said.format(host=host, minutes=f"{minutes:.0f}"), KEPT)
    if status >= 500:
        return ModelError(
            later("{host} has trouble ({status}).").format(host=host, status=status),
            later("Try again later. {kept}").format(kept=KEPT),
        )
    return ModelError(
        later("{host} answers {status} for {repo}.").format(host=host, status=status, repo=repo),
        later("Try again later."),
    )


def _of_connection(error: Exception, repo: str, host: str) -> ModelError:
    import httpx2

    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return ModelError(
            later("{host} is no web address.").format(host=host),
            later("HF_ENDPOINT has to be one, such as https://huggingface.co."),
        )
    if isinstance(error, httpx2.ProxyError):
        return ModelError(
            later("The proxy does not let us through to {host} ({error}).").format(host=host, error=error),
            _CHECK_PROXY,
        )
    if isinstance(error, httpx2.TimeoutException):
        return ModelError(
            later("{host} does not answer.").format(host=host),
            later("Check the connection. {kept}").format(kept=KEPT),
        )
    if isinstance(error, httpx2.ConnectError):
        if _has_cause(error, ssl.SSLError):
            return ModelError(
                later("The certificate of {host} cannot be verified.").format(host=host),
                later(
                    "Check the computer's clock; behind a company's proxy, set SSL_CERT_FILE to its "
                    "certificate."
                ),
            )
        return ModelError(
            later("There is no connection to {host}.").format(host=host),
            later("Connect to the internet; {proxy_words}. {without}").format(
                proxy_words=_proxy_words(), without=_WITHOUT
            ),
        )
    if isinstance(error, httpx2.TooManyRedirects):
        return ModelError(
            later("{host} sends us round in circles.").format(host=host),
            later("Check HF_ENDPOINT, or try again later."),
        )
    return ModelError(later("The connection to {host} broke again and again.").format(host=host), KEPT)


def _proxy_words() -> str:
    names = ("https_proxy", "http_proxy", "all_proxy")
    for name in (*names, *map(str.upper, names)):
        if os.environ.get(name):
            return later("{name} is set: check that proxy").format(name=name)
    return later("behind a proxy, set HTTPS_PROXY")


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False


def _of_disk(error: OSError, folder: Path | None) -> ModelError:
    place = folder.parent if folder else error.filename or later("The disk")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ModelError(
            later("The disk of {place} is full.").format(place=place),
            later("Free some space. {kept}").format(kept=KEPT),
        )
    if error.errno == errno.EFBIG:
        return ModelError(
            later("{place} takes no file that large (as with the FAT file system or a quota).").format(
                place=place
            ),
            later("Choose a data folder on another disk with --data-dir."),
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ModelError(
            later("{place} cannot be written: {strerror}.").format(place=place, strerror=error.strerror),
            later("Choose another --data-dir."),
        )
    return ModelError(
        later("{place} cannot be used: {reason}.").format(place=place, reason=error.strerror or error),
        later("Check the disk."),
    )
