"""What is offered under the search field."""

from __future__ import annotations

from blipdesk.domain.search import Suggestion, SuggestionKind

TAG = Suggestion(SuggestionKind.KEYWORD, "moon", "moon ", 5, 12)
FILTER = Suggestion(SuggestionKind.FILTER, "folder:", "folder:", 7, None, "Photos in a folder.")
EARLIER = Suggestion(SuggestionKind.HISTORY, "two boats", "two boats", 9)
