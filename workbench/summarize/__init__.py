"""A summary of mails, documents or a pasted text through a small window, in English and Korean, that shows how it got there.

    source   what is said in them, message by message                     sources
    plan     how many calls of the model, how long, before any is made    planning, packing
    write    the calls, in groups, kept on disk as they are finished      running, writing, journal
    choose   sentences checked by code, written anew once, or replaced    choosing

The extractive summary, made without a model, is always there beside it.
"""

from workbench.summarize.planning import plan
from workbench.summarize.running import summarize
from workbench.summarize.sources import from_corpus, from_paths, from_text
from workbench.summarize.versions import both

__all__ = ["both", "from_corpus", "from_paths", "from_text", "plan", "summarize"]
