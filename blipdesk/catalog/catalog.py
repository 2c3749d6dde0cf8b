"""The one door to the catalog: small collaborators behind flat methods."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from blipdesk.catalog import backups, opening
from blipdesk.catalog.anew import Anew
from blipdesk.catalog.asked_answers import AskedAnswers
from blipdesk.catalog.asked_many import AskedMany
from blipdesk.catalog.causes import Causes
from blipdesk.catalog.commits import Commits
from blipdesk.catalog.conflicts import Conflicts
from blipdesk.catalog.database import CLOSED, Database
from blipdesk.catalog.due import Due
from blipdesk.catalog.edits import Edits
from blipdesk.catalog.facets import Facets
from blipdesk.catalog.favourites import Favourites
from blipdesk.catalog.folders import Folders
from blipdesk.catalog.health import Health
from blipdesk.catalog.imports import Imports
from blipdesk.catalog.index import sizes
from blipdesk.catalog.intake import Intake
from blipdesk.catalog.journal import Journal
from blipdesk.catalog.keyword_edits import KeywordEdits
from blipdesk.catalog.keywords_of_many import KeywordsOfMany
from blipdesk.catalog.known_values import KnownValues
from blipdesk.catalog.library import Library
from blipdesk.catalog.lock import claim_writing
from blipdesk.catalog.moves import Moves
from blipdesk.catalog.presence import Presence
from blipdesk.catalog.queue import Queue
from blipdesk.catalog.queue_folders import QueueFolders
from blipdesk.catalog.reading import Reader
from blipdesk.catalog.runs import Runs
from blipdesk.catalog.schema import PhotoRow
from blipdesk.catalog.search import Search
from blipdesk.catalog.settings import Settings
from blipdesk.catalog.taken_out import TakenOut
from blipdesk.catalog.undoing import Undoing
from blipdesk.catalog.vector_store import PICTURES, VectorStore
from blipdesk.catalog.views import Views
from blipdesk.domain.errors import CatalogError
from blipdesk.domain.events import CatalogChange

if TYPE_CHECKING:
    from blipdesk.catalog.index.index import SearchIndex
    from blipdesk.catalog.index.picture_index import PictureIndex
    from blipdesk.catalog.index.sentence_index import SentenceIndex

_log = logging.getLogger(__name__)


class Catalog:
    """The photos, texts, queue and journal of one data folder.

    Made by :meth:`open`.  Its methods are those of its collaborators (documented there), may be called
    from any thread, and are synchronous: a write returns after its COMMIT, or raises
    :class:`~blipdesk.domain.errors.CatalogError` with nothing half done.  Everything returned is a value
    of the domain.
    """

    def __init__(self, data_dir: Path, database: Database, give_back: Callable[[], None] | None) -> None:
        self.data_dir = data_dir
        self._database = database
        self._give_back = give_back
        reader, folders, intake = Reader(database), Folders(database), Intake(database)
        presence = Presence(database)
        moves = Moves(database)
        queue, commits, edits = Queue(database), Commits(database), Edits(database)
        journal, library, views = Journal(database), Library(database), Views(database)
        settings, facets, keyword_edits = Settings(database), Facets(database), KeywordEdits(database)
        search, known = Search(database), KnownValues(database)
        due, runs, undoing, conflicts = Due(database), Runs(database), Undoing(database), Conflicts(database)

        self.setting, self.set_setting = settings.setting, settings.set_setting
        self.change_setting = settings.change_setting

        self.add_folder, self.remove_folder = folders.add_folder, folders.remove_folder
        self.folders, self.all_roots = folders.folders, folders.all_roots
        self.set_folder_state = folders.set_folder_state

        self.known_files_under, self.known_directories = intake.known_files_under, intake.known_directories
        self.known_file = intake.known_file
        self.register = intake.register
        self.mark_missing, self.mark_present = presence.mark_missing, presence.mark_present
        self.mark_trashed, self.forget_missing = presence.mark_trashed, presence.forget_missing
        self.take_own_sidecars = intake.take_own_sidecars
        self.note_sidecars_gone = TakenOut(database).note_sidecars_gone

        self.find_missing_twin = moves.find_missing_twin
        self.find_missing_pixel_twin = moves.find_missing_pixel_twin
        self.relocate, self.follow, self.adopt = moves.relocate, moves.follow, moves.adopt
        self.rename_tree = moves.rename_tree

        self.enqueue_pending, self.enqueue_forced = queue.enqueue_pending, queue.enqueue_forced
        self.claim, self.begin_attempt, self.record_death = (
            queue.claim,
            queue.begin_attempt,
            queue.record_death,
        )
        self.release, self.clear_claims, self.retry = queue.release, queue.clear_claims, queue.retry
        self.cancel_queued, self.queue_counts = queue.cancel_queued, queue.queue_counts
        self.commit_captions, self.fail = commits.commit_captions, commits.fail
        self.store_facts = commits.store_facts

        anew = Anew(database)
        self.caption_anew, self.stop_anew = anew.caption_anew, anew.stop_anew
        self.set_user_caption, self.undo_edit = edits.set_user_caption, edits.undo_edit
        self.note_captions, self.confirm_caption = edits.note_captions, edits.confirm_caption
        self.keep_proposed = edits.keep_proposed
        self.add_keyword, self.remove_keyword = edits.add_keyword, edits.remove_keyword
        self.rename_keyword, self.undo_rename = keyword_edits.rename_keyword, keyword_edits.undo_rename
        self.begin_rename, self.finish_renames = keyword_edits.begin_rename, keyword_edits.finish_renames
        self.waiting_for_names, self.hide_keyword = (
            keyword_edits.waiting_for_names,
            keyword_edits.hide_keyword,
        )
        self.keyword_renames, self.hidden_keywords = keyword_edits.keyword_renames, library.hidden_keywords
        of_many = KeywordsOfMany(database)
        self.change_keywords, self.undo_keywords = of_many.change_keywords, of_many.undo_keywords
        self.keywords_among = of_many.keywords_among
        favourites = Favourites(database)
        self.set_favourite, self.toggle_favourite = favourites.set_favourite, favourites.toggle_favourite
        self.add_question, self.delete_question = edits.add_question, edits.delete_question

        many = AskedMany(database)
        self.begin_asking, self.set_asking = many.begin_asking, many.set_asking
        self.retry_asked, self.forget_asking = many.retry_asked, many.forget_asking
        self.note_asking = many.note_asking
        self.open_asking, self.waiting_for = many.open_asking, many.waiting_for
        self.keep_known, self.keep_answers = many.keep_known, many.keep_answers
        answers = AskedAnswers(database)
        self.asked_runs, self.asked_run = answers.asked_runs, answers.asked_run
        self.asked_answers, self.asked_failures = answers.asked_answers, answers.asked_failures
        self.asked_photos, self.asked_group = answers.asked_photos, answers.asked_group
        self.latest_questions = answers.latest_questions
        self.latest_seconds = answers.latest_seconds

        self.pending_writes, self.pending_paths = due.pending_writes, due.pending_paths
        self.writes_of, self.kept_paths = due.writes_of, due.kept_paths
        self.chosen_otherwise_paths = due.chosen_otherwise_paths
        self.refused_paths, self.undone_paths = due.refused_paths, due.undone_paths
        self.open_writes, self.retry_refused = journal.open_writes, journal.retry_refused
        self.begin_writes, self.end_writes = journal.begin_writes, journal.end_writes
        self.finish_write, self.abandon_write = journal.finish_write, journal.abandon_write
        self.leave_write = journal.leave_write
        self.begin_run, self.end_run, self.runs = runs.begin_run, runs.end_run, runs.runs
        self.journal_size, self.prune_journal = runs.journal_size, runs.prune_journal
        self.undo_photos, self.undo_places = undoing.undo_photos, undoing.undo_places
        self.begin_undos, self.last_run = undoing.begin_undos, undoing.last_run
        self.note_undone = undoing.note_undone
        self.conflicts, self.decide = conflicts.conflicts, conflicts.decide

        self.photo, self.photo_by_path, self.photos = reader.photo, reader.photo_by_path, reader.photos
        self.file_of, self.tiles, self.all_photo_ids = reader.file_of, reader.tiles, reader.all_photo_ids
        self.questions, self.histories = reader.questions, reader.histories
        self.removed_keywords = reader.removed_keywords
        self.ids, self.first_ids = views.ids, views.first_ids
        self.search, self.answer = search.search, search.answer
        self.counts, self.folder_tree = library.counts, library.folder_tree
        self.top_keywords = library.top_keywords
        causes, by_folder = Causes(database), QueueFolders(database)
        self.problems, self.failed_by = causes.problems, causes.failed_by
        self.waiting_folders, self.move_to_front = by_folder.waiting_folders, by_folder.move_to_front
        self.directories, self.directory_paths = known.directories, known.directory_paths
        self.cameras, self.lenses = known.cameras, known.lenses
        self.months, self.days = facets.months, facets.days
        self.camera_counts, self.has_cameras = facets.camera_counts, facets.has_cameras
        self.duplicates = facets.duplicates
        self.import_records = Imports(database).import_records
        self._search_index: SearchIndex | None = None
        self._opening = threading.Lock()
        """Held to make what follows, and to close it."""
        self._is_closed = False
        self._stores: list[VectorStore] = []
        self._vectors: SentenceIndex | None = None
        self._pictures: PictureIndex | None = None

    @classmethod
    def open(cls, data_dir: Path, *, writer: bool = True) -> Catalog:
        """Open the catalog of a data folder, new or upgraded where it has to be.

        Args:
            data_dir: the data folder; made, for its owner alone, when it is not there.
            writer: False only reads, beside a running BlipDesk.

        Raises:
            CatalogLockedError: another writer has it.
            CatalogNewerError: a newer BlipDesk wrote it.
            CatalogError: it is damaged or gone (said in words, set aside, never deleted), cannot be written,
                or, for a reader, is not there yet.
        """
        if not writer:
            return cls(data_dir, Database(opening.check_readable(data_dir), writer=False), None)
        with ExitStack() as undo:  # what was begun, should a later step fail
            give_back = claim_writing(data_dir)
            undo.callback(give_back)
            database = Database(opening.prepare(data_dir), writer=True)
            undo.callback(database.close)
            catalog = cls(data_dir, database, give_back)
            opening.write_marker(data_dir, photos=catalog._count_photos(), clean=False)
            _log.info("catalog %s opened, SQLite %s", data_dir, sqlite3.sqlite_version)
            undo.pop_all()
        return catalog

    @property
    def search_index(self) -> SearchIndex:
        """The index that searches are answered with; numpy comes with its first use."""
        with self._opened():
            if self._search_index is None:
                from blipdesk.catalog.index.index import SearchIndex

                writer = self._give_back is not None
                self._search_index = SearchIndex(self._database, self.data_dir, writer=writer)
            return self._search_index

    def keep_search_index(self, *, wait: bool) -> None:
        """Make what a large catalog is searched with, where that is due: now, or beside all else.

        A small one's is read at the first search; until then numpy's 13 MiB are saved.
        """
        if self._search_index is None and not (self.data_dir / sizes.FOLDER).is_dir():
            with self._database.read_raw() as connection:
                if not sizes.is_large(connection):
                    return
        self.search_index.keep(wait=wait)

    @property
    def vectors(self) -> SentenceIndex:
        """The index that searches by meaning are answered with; numpy comes with its first use."""
        with self._opened():
            if self._vectors is None:
                from blipdesk.catalog.index.sentence_index import SentenceIndex

                writer = self._give_back is not None
                store = VectorStore.open(self.data_dir, writer=writer)
                self._stores.append(store)
                self._vectors = SentenceIndex(self._database, store, self.data_dir, writer=writer)
            return self._vectors

    @property
    def pictures(self) -> PictureIndex:
        """The index that searches by pictures are answered with; numpy comes with its first use."""
        with self._opened():
            if self._pictures is None:
                from blipdesk.catalog.index.picture_index import PictureIndex

                writer = self._give_back is not None
                store = VectorStore.open(self.data_dir, PICTURES, writer=writer)
                self._stores.append(store)
                self._pictures = PictureIndex(self._database, store, self.data_dir, writer=writer)
            return self._pictures

    @staticmethod
    def damaged(data_dir: Path) -> list[tuple[Path, Path | None]]:
        """Damaged catalogs that were set aside at an opening, newest first, each with its newest backup."""
        return opening.damaged_catalogs(data_dir)

    @staticmethod
    def is_current(data_dir: Path) -> bool:
        """True when ``open(writer=False)`` can read the catalog as it is."""
        return opening.is_current(data_dir)

    def subscribe(self, callback: Callable[[CatalogChange], None]) -> Callable[[], None]:
        """Have ``callback`` called on the writer thread after each COMMIT; returns what ends that."""
        return self._database.subscribe(callback)

    @property
    def is_empty(self) -> bool:
        """Whether it has no photos."""
        with self._database.read() as connection:
            return connection.scalar(select(PhotoRow.id).limit(1)) is None

    def check(self) -> list[str]:
        """What is wrong, a sentence each; empty when the catalog is sound.

        A search index that does not match is made anew.  Opened for reading, this is a writer for as long
        as that takes; beside a running BlipDesk the index is not looked at.
        """
        health = Health(self._database)
        found = health.check()
        if found:
            return found
        if self._give_back is not None:
            indexes = self.search_index, self.vectors, self.pictures
            return health.check_index() + [said for index in indexes for said in index.check()]
        with suppress(CatalogError), closing(Catalog.open(self.data_dir)) as writer:
            found = writer.check()
        return found

    def back_up_if_older_than(self, seconds: float, keep: int) -> Path | None:
        """Copy the catalog into ``backups/``, beside whatever else is going on, when a backup is due.

        An empty catalog is not worth one, and must not push out those of a full one.

        Args:
            seconds: how old the newest backup may be.
            keep: how many regular backups stay, at least one.

        Returns:
            The new backup; None when none was due.

        Raises:
            CatalogError: the disk is full, or the folder cannot be written.
        """
        if self.is_empty:
            return None
        return backups.back_up_if_older_than(self.data_dir, seconds, keep)

    def close(self) -> None:
        """Finish what was handed in and close; a second call does nothing."""
        with self._opening:
            self._is_closed = True
            if self._search_index is not None:
                self._search_index.close()
            for store in self._stores:
                store.close()
        give_back, self._give_back = self._give_back, None
        if give_back is None:
            self._database.close()
            return
        photos: int | None = None
        try:
            photos = self._count_photos()
        except CatalogError as error:  # its disk is gone, say; the next start checks what is left
            _log.error("the catalog cannot be read at its end: %s", error)
        self._database.close()
        if photos is not None:
            opening.write_marker(self.data_dir, photos=photos, clean=True)
        give_back()

    @contextmanager
    def _opened(self) -> Iterator[None]:
        """While something is made that is closed with the catalog."""
        with self._opening:
            if self._is_closed:
                raise CatalogError(CLOSED, "")
            yield

    def _count_photos(self) -> int:
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(PhotoRow)) or 0
