"""Prompts in, tokens out: of a GGUF on this computer, or of a server.

    catalogue   the models this computer has, by name
    worker      the app's side: starts the worker process, asks it, survives it
    engine      the worker's side: reads requests, schedules, answers
    decoder     llama.cpp itself: one model, one context, many sequences in one batch
    encoder_decoder   the same for models with an encoder (T5, Flan-T5): one source at a time
    addresses   the names of models that servers run, and which servers may be asked
    remote      such a model, with the interface of a worker
    server      the talk with its server

A worker speaks JSON, one object a line, over its standard input and output.
"""
