"""The search field with all that hangs on it: suggestions, help, what is said of an answer, saved searches.

Views, and :class:`~blipdesk.ui.search.actions.SearchActions`, which alone talks to the services.  GUI thread.
"""
