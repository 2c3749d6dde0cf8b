"""Why photos could not be captioned, grouped by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select, text

from blipdesk.catalog.database import Database
from blipdesk.catalog.reading import problem_of
from blipdesk.catalog.schema import JobRow, PhotoRow
from blipdesk.domain.errors import Problem


class Causes:
    """Read by the window's pool."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def problems(self) -> list[tuple[Problem, int]]:
        """Why photos failed, grouped, the most frequent first."""
        causes = Counter(cause for _, cause in self._failed())
        return sorted(causes.items(), key=lambda item: (-item[1], item[0].kind, item[0].message))

    def failed_by(self, cause: Problem) -> list[int]:
        """The photos that failed by a cause, as :meth:`problems` gives it."""
        return [photo_id for photo_id, found in self._failed() if found == cause]

    def _failed(self) -> Iterator[tuple[int, Problem]]:
        columns = (JobRow.problem_kind, JobRow.problem_message, JobRow.problem_remedy)
        with self._database.read() as connection:
            for row in connection.execute(
                select(*columns, PhotoRow.id, PhotoRow.name)
                .join(PhotoRow, PhotoRow.id == JobRow.photo_id)
                .where(JobRow.state == "failed", text("+photo.hidden = 0 AND photo.missing = 0"))
            ):
                problem = problem_of(row)
                # The sentence names its file; without the name, files of one cause are one group.
                message = problem.message.replace(row.name, "The file", 1)
                yield row.id, Problem(problem.kind, message, problem.remedy)
