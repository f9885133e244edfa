"""GGUF in, tokens out.

    catalogue   the models this computer has, by name
    worker      the app's side: starts the worker process, asks it, survives it
    engine      the worker's side: reads requests, schedules, answers
    decoder     llama.cpp itself: one model, one context, many sequences in one batch
    encoder_decoder   the same for models with an encoder (T5, Flan-T5): one source at a time

A worker speaks JSON, one object a line, over its standard input and output.
"""
