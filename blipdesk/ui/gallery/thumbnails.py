"""Thumbnails for the gallery: asked for while painting, last in first out, never on the GUI thread.

The workers hand QImages over; QPixmaps are made on the GUI thread only.  The cache is bounded in bytes.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

import shiboken6
from PySide6.QtCore import QObject, QRectF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap

from blipdesk.domain.children import give_way
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.tasks import single_shot

log = logging.getLogger(__name__)

CACHE_BYTES = 96 * 1024 * 1024
WORKERS = 2
_STACK = 120
"""Requests kept, or as many as are in sight; older ones are dropped and asked for again when they are
painted again.
"""
_ABSENT = 20_000
"""Photos remembered to have no thumbnail."""
RADIUS = 10

ReadThumbnail = Callable[[int, str], bytes | None]
"""By photo id and content hash."""
Key = tuple[int, str]
"""Photo id and content hash: a changed file has another thumbnail."""


def fit_picture(data: bytes, width: int, height: int, ratio: float, radius: int = RADIUS) -> QImage | None:
    """Decode a JPEG into a rounded picture of exactly ``width`` x ``height`` logical pixels, filled.

    The picture is cropped to fill; an upright one keeps more of its upper part, where faces are.
    Safe on any thread.  None when it cannot be decoded.
    """
    w, h = round(width * ratio), round(height * ratio)

    def filling(size: QSize) -> QSize:
        scale = max(w / size.width(), h / size.height())
        return QSize(max(w, round(size.width() * scale)), max(h, round(size.height() * scale)))

    image = decode_jpeg(data, filling)
    if image is None:
        return None
    x = (image.width() - w) // 2
    y = int((image.height() - h) * (0.3 if image.height() > image.width() else 0.5))
    made = QImage(w, h, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, w, h), radius * ratio, radius * ratio)
    painter.setClipPath(path)
    painter.drawImage(-x, -y, image)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@dataclass(slots=True)
class _Entry:
    pixmap: QPixmap
    pixels: int
    """Its width on the device."""
    bytes: int


@dataclass(frozen=True, slots=True)
class _Request:
    key: Key
    width: int
    height: int
    ratio: float
    generation: int


class _Stack:
    """The requests, shared with the workers: newest on top; every access takes the lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests: OrderedDict[Key, _Request] = OrderedDict()
        self.working: set[Key] = set()
        self.generation = 0
        self.room = _STACK
        self.read: ReadThumbnail | None = None
        self.workers = 0

    def push(self, request: _Request) -> bool:
        """Put a request on top; True when one more worker should run."""
        with self.lock:
            if self.read is None or request.key in self.working:
                return False
            self.requests[request.key] = request
            self.requests.move_to_end(request.key)
            while len(self.requests) > self.room:
                self.requests.popitem(last=False)
            if self.workers < WORKERS:
                self.workers += 1
                return True
            return False

    def pop(self) -> tuple[_Request, ReadThumbnail] | None:
        """The newest request, or None (the worker then ends)."""
        with self.lock:
            if self.requests and self.read is not None:
                request = self.requests.popitem(last=True)[1]
                self.working.add(request.key)
                return request, self.read
            self.workers -= 1
            return None

    def done(self, key: Key) -> None:
        """The result was delivered."""
        with self.lock:
            self.working.discard(key)

    @property
    def stopped(self) -> bool:
        """True when nothing is read any more: the library is being closed."""
        with self.lock:
            return self.read is None


def _serve(stack: _Stack, relay: _Relay) -> None:
    """Work on a thread of the pool until the stack is empty."""
    give_way()
    while taken := stack.pop():
        request, read = taken
        image: QImage | None = None
        try:
            data = read(*request.key)
            if data:
                radius = min(RADIUS, request.width // 10)  # of the list's small ones less is rounded
                image = fit_picture(data, request.width, request.height, request.ratio, radius)
        except Exception:  # a thumbnail that fails costs one grey tile, not the worker
            if not stack.stopped:
                log.exception("thumbnail of photo %d", request.key[0])
        if shiboken6.isValid(relay):
            try:
                relay.ready.emit(request, image)
            except RuntimeError:  # the window went away between the check and the emit
                return


@cache
def _pool() -> QThreadPool:
    """For the whole process: a pool that is deleted waits for its threads, and these may wait for Python's
    lock, which the thread that deletes it then holds (seen in ``QTest.qWaitForWindowExposed``).
    """
    pool = QThreadPool()
    pool.setMaxThreadCount(WORKERS)
    return pool


class _Relay(QObject):
    ready = Signal(object, object)


class Thumbnails(QObject):
    """The gallery's thumbnails; :meth:`get` never waits.

    ``arrived`` is emitted on the GUI thread with the photo id of each picture that came.
    """

    arrived = Signal(int)

    def __init__(self, parent: QObject | None = None, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self._cache: OrderedDict[Key, _Entry] = OrderedDict()
        self._absent: dict[int, str] = {}
        """Photo id to content hash of those that have no thumbnail (cannot be decoded, are not there)."""
        self._limit, self._bytes = cache_bytes, 0
        self._stack = _Stack()
        self._size = (182, 135)
        self._ratio = 1.0
        self._relay = _Relay()
        self._relay.ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)
        self._wanted = 0
        """Workers to begin once the view is painted."""
        self._begin = single_shot(self, 0, self._begin_workers)

    @property
    def cached_bytes(self) -> int:
        """Bytes of the pixmaps kept."""
        return self._bytes

    def set_source(self, read: ReadThumbnail | None) -> None:
        """Read thumbnails (JPEG) with this function, on worker threads."""
        self.clear()
        with self._stack.lock:
            self._stack.read = read

    def set_size(self, width: int, height: int, ratio: float) -> bool:
        """The size wanted from now on, and whether it is another one; pictures of the size before are shown
        scaled until the new ones are there.
        """
        if (width, height, ratio) == (*self._size, self._ratio):
            return False
        self._size, self._ratio = (width, height), ratio
        self.drop_requests()
        return True

    def set_room(self, in_sight: int) -> None:
        """Keep the requests of so many photos at least: each is asked for once while it stays in sight."""
        with self._stack.lock:
            self._stack.room = max(_STACK, in_sight)

    def drop_requests(self) -> None:
        """Forget what was asked for and not served (another view is shown)."""
        with self._stack.lock:
            self._stack.requests.clear()
            self._stack.generation += 1

    def forget_absent(self, photo_ids: Iterable[int] | None) -> None:
        """Ask for these photos again (None: all) where there was no thumbnail: there may be one now."""
        if photo_ids is None:
            self._absent.clear()
            return
        for photo_id in photo_ids:
            self._absent.pop(photo_id, None)

    def clear(self) -> None:
        """Drop everything."""
        self.drop_requests()
        self._cache.clear()
        self._absent.clear()
        self._bytes = 0

    def stop(self) -> None:
        """Read nothing more; what is in hand still ends (see :meth:`wait`)."""
        with self._stack.lock:
            self._stack.read = None
            self._stack.requests.clear()

    def wait(self) -> bool:
        """Wait for what is in hand after :meth:`stop`; on a worker thread: a slow drive takes its time."""
        return _pool().waitForDone(5000)

    def get(self, photo_id: int, content_hash: str) -> tuple[QPixmap | None, bool]:
        """The picture now, and whether it is known that there is none; asks for it where needed."""
        if self._absent.get(photo_id) == content_hash:
            return None, True
        key = (photo_id, content_hash)
        entry = self._cache.get(key)
        if entry is not None:
            self._cache.move_to_end(key)
            if entry.pixels == round(self._size[0] * self._ratio):
                return entry.pixmap, False
        self._request(key)
        return (entry.pixmap if entry else None), False

    def _request(self, key: Key) -> None:
        if self._stack.push(_Request(key, *self._size, self._ratio, self._stack.generation)):
            # Not at once: they would take turns with the painting at the interpreter's lock, and serve first
            # what was asked for first.
            self._wanted += 1
            self._begin.start()

    def _begin_workers(self) -> None:
        wanted, self._wanted = self._wanted, 0
        for _ in range(wanted):
            _pool().start(partial(_serve, self._stack, self._relay))

    def _on_ready(self, request: _Request, image: QImage | None) -> None:
        self._stack.done(request.key)
        if request.generation == self._stack.generation:
            self._keep(request.key, image)
        # Also where it comes too late to be kept: while it was in hand, the repaint could not ask anew.
        self.arrived.emit(request.key[0])

    def _keep(self, key: Key, image: QImage | None) -> None:
        old = self._cache.pop(key, None)
        self._bytes -= old.bytes if old else 0
        if image is None:
            self._absent[key[0]] = key[1]
            if len(self._absent) > _ABSENT:
                del self._absent[next(iter(self._absent))]
            return
        self._cache[key] = _Entry(QPixmap.fromImage(image), image.width(), image.sizeInBytes())
        self._bytes += image.sizeInBytes()
        while self._bytes > self._limit and self._cache:
            _, gone = self._cache.popitem(last=False)
            self._bytes -= gone.bytes
