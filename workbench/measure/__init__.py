"""How much of a model's knowledge retrieval can replace: questions × recipes, scored without a judge.

    formats      questions from files and into files
    bring        a file of questions with its documents into a corpus
    coverage     where the answers stand in a corpus as it is today
    setup        what a run is made of, and whether it still is
    lanes        what each way of answering lets the model read
    run          prompts in fixed groups, every answer on disk at once
    journal      the lines of a run
    scoring      a reply beside its known answers; a ranking beside the gold
    statistics   intervals and tests
    replacement  rescued, harmed, kept, missed, and every figure made of them
    sheet        a journal laid out, by column and question
    figures      a sheet to figures
    telling      figures to sentences
    export       a run for other programs
"""
