"""A workbench for small-model RAG: documents in, the same question answered with and without them.

The floors, from the ground up; imports only point down (tests/test_floors.py):

    0  nouns, errors                     what is stored and passed; what can go wrong for a user
    1  reading/ retrieval/ models/       tools: one outside library behind one door each
       context, prompting                pure: what fits the window; what the model reads
    2  bench                             opens the tools once and hands them over
    3  ingest, search, ask, ...          verbs: one act a file, functions of (bench, ...)
    5  cli/, ui/                         faces

This file re-exports nothing, so that `from workbench import ask` is always the module.
"""
