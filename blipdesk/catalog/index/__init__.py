"""The search index in memory: what a search of a million photos needs within a frame or two of the screen.

Layer: part of the catalog.  It is derived from the catalog alone, follows it by the table ``search_change``
that triggers write (so it holds for every way a row changes, in that row's transaction), and can be made anew
at any time.  Any thread may ask; states never change, a lock guards the making of the next one.

numpy, and with it everything here but ``sizes``, is imported at the first search, or for a large catalog once
its folders were looked through; never before the window is there.

====================================  ==================================================================
``tokens``, ``vocabulary``            texts to words, many at a time; words, their stems, beginnings
``postings``, ``building``            which documents have a word, how much it says of each, and where
``ranges``                            where values stand in an array that ascends, and all places of ranges
``columns``, ``keyword_lists``        what filters look at
``segment``, ``state``, ``changes``   documents as of one change: a base by time, later ones behind it
``snapshot``, ``making``, ``child``   the base of a large catalog as a file that is read by parts
``keeping``, ``checking``             who brings it up to the catalog, and ``doctor``'s comparison
``lexical``, ``following``            words and phrases of a query: masks, and BM25
``filters``, ``views``, ``texts``     filters, rows of the side bar; what only the texts tell
``file_names``, ``orders``            names of files, in which parts are looked for; orders of the gallery
``ranking``, ``fused``, ``spelling``  one list by words and meaning; words that nobody knows
``vectors`` and beside it             the vectors of sentences, and of pictures
``index``, ``explain``                what others ask
====================================  ==================================================================

Why not FTS5 alone: it looks up every hit's document to rank it, 80 to 740 ms for a beginning of a word at a
million photos; these arrays take 2 to 9 ms.  FTS5 stays: it is durable, checked by ``doctor``, knows words
with more than eight letters and digits whole, and answers while there is no index yet.
"""
