"""How much of a model's knowledge retrieval can replace: questions × recipes, scored without a judge.

    questions    sets of questions: import, export, making, what leaks
    scoring      a reply beside its known answers; a ranking beside the gold
    statistics   intervals and tests
    replacement  rescued, harmed, kept, missed, and every figure made of them
"""
