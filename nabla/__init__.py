"""What turns a lesson into a page: read it, run it once, check it, draw it, take it away, publish it.

The rooms, from the ground up; each knows only those above it in this list (``tests/house/test_rooms.py``):

- ``model``: numbers as they are printed, problems, fingerprints of figures. Imports nothing of ours.
- ``authoring``: the files of a new lesson, from templates.
- ``cache``: what is kept on disk, written whole or not at all.
- ``algebra``: LaTeX to expressions, and their values. Knows no page.
- ``draw``: figures as SVG that follows the theme, and the data that they show.
- ``parse``: a Markdown page, read once into regions, and these into blocks, figures, claims and formulas.
- ``run``: each lesson run once, in parallel.
- ``slicing``: what a block needs from earlier ones to run alone (optional).
- ``takeaway``: the lesson as a script, as a notebook, and for reading offline (optional).
- ``check``: the problems of a page, given its run; ``update`` rewrites what a run settles.
- ``site``: all that knows MkDocs and its theme.

``theme`` holds templates and scripts of the pages. What renews vendored files is in ``tools``, outside.
"""
