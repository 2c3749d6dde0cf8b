"""The search index in memory: what a search of a million photos needs within a frame or two of the screen.

Layer: part of the catalog.  It is derived from the catalog alone, follows it by the table ``search_change``
that triggers write (so it holds for every way a row changes, in that row's transaction), and can be made anew
at any time.  Any thread may ask; states never change, a lock guards the making of the next one.

numpy, and with it everything here, is imported at the first search, never when the window starts.

Why not FTS5 alone: it looks up every hit's document to rank it, 80 to 740 ms for a beginning of a word at a
million photos; these arrays take 2 to 9 ms.  FTS5 stays what is durable, and answers for phrases.
"""
