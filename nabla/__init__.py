"""What turns a lesson into a page: parse it, run it once, check it, draw it, export it.

The modules, in the order in which a lesson meets them:

- ``page``: a Markdown page cut into code blocks, figures and paragraphs with their numbers.
- ``sections``: the code of a section, taken from ``snippets/`` by pymdownx itself.
- ``numerals``: the numbers of a paragraph, and how a value is compared with them.
- ``runner`` and ``worker``: run each lesson once, in parallel, cached on disk.
- ``drawing``, ``lettering``, ``palette`` and ``figures``: figures as SVG that follows the theme, drawn and then shown.
- ``check``: the problems of a page, given its run; ``update`` rewrites what a run settles.
- ``render``, ``maths``, ``typeset`` and ``hooks``: the page that MkDocs publishes.
- ``slim``, ``bundle``, ``trim``, ``preload`` and ``policy``: that page, made lighter and told what it may load.
- ``glossary``: definitions on the links to a term.
- ``export``: the lesson as a script and as a notebook.
- ``holes``, ``notebook`` and ``jupyter``: practice notebooks, their two versions and their cells.
- ``pytest_plugin``: the same check, one test item per code block and per claim.
"""
