"""What a model says of itself and what it takes, before it is loaded: the bundled file through the worker and the command line."""

import hashlib
import json
from dataclasses import replace

import pytest

from benchmarks.models import rise
from tests.test_cli import answer, run
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.fitting import fits
from workbench.models import catalogue
from workbench.models.worker import rehearse
from workbench.nouns.models import Fit
from workbench.records import plain


def test_the_card_tells_all_that_the_file_says(samples, model_file):
    card = samples.card("", whole=True)
    assert (card.layers, card.heads, card.kv_heads, card.head_size, card.width) == (30, 9, 3, 64, 576)
    assert (card.tokenizer, card.license, card.chat_template) == ("gpt2 smollm", "apache-2.0", True)
    assert [(each.type, each.count) for each in card.tensors] == [("q8_0", 211), ("f32", 61)]
    assert 0.98 * card.size < sum(each.size for each in card.tensors) < card.size == model_file.stat().st_size
    assert card.characters_per_token["en"] > 4 and card.characters_per_token["ko"] < 1
    assert card.sha256 == hashlib.sha256(model_file.read_bytes()).hexdigest()
    assert samples.known("")[0] == card  # kept: the file is not read again


def test_what_a_model_takes_is_known_before_it_is_loaded(samples, model_file):
    fit, = fits(samples, "", [512])
    assert fit.total == pytest.approx(rise(model_file, 512, 2), rel=0.15)
    assert fit.fits and fit.most == 8192 and fit.cells == 20 * 512 * 2 * 2 * 30 * 3 * 64


def test_cells_grow_with_the_window_and_with_the_windows_held_together(samples):
    one, two = fits(samples, "", [1024, 2048], together=2)
    assert two.cells == 2 * one.cells == 2 * 2 * 2 * 1024 * 2 * 30 * 3 * 64 and not one.apart
    many, = fits(samples, "", [1024], together=8)
    assert many.cells == 4 * one.cells and many.weights == one.weights


def test_what_does_not_fit_says_what_would(model_file):
    fit = Fit(8192, 4, False, weights=900, copies=0, cells=100, work=0, rest=0, free=1000)
    assert not fit.fits and Fit(8192, 4, False, 800, 0, 100, 0, 0, free=1000).fits
    huge, = rehearse(model_file, [8192], together=256)
    assert huge.cells == 256 * 8192 * 2 * 2 * 30 * 3 * 64  # 45 GB
    assert huge.fits or (huge.most < 8192 and huge.most % 256 == 0)


def test_the_command_line_shows_and_fits(samples, tmp_path):
    home = samples.settings.home
    card = answer("models", "show", home=home)
    assert card["kv_heads"] == 3 and card["tensors"][0] == {"type": "q8_0", "count": 211, "size": 142884864}
    assert len(card["sha256"]) == 64
    told = answer("models", "fit", "--window", 512, "--window", 1024, "--together", 4, home=home)["fits"]
    assert [each["window"] for each in told] == [512, 1024] and told[1]["cells"] == 2 * told[0]["cells"]
    assert told[0]["total"] == sum(told[0][part] for part in ("weights", "copies", "cells", "work", "rest"))
    refused = run("models", "fit", "--window", 9000, home=home, code=1).stderr
    assert refused.count("\n") == 1 and "between 64 and 8192" in refused


def test_a_window_that_is_none_is_refused_in_both_languages(samples):
    with pytest.raises(BadRequest) as caught:
        fits(samples, "", [10**6])
    assert "8192" in caught.value.tell("ko") and "1000000" in caught.value.tell("en")


def test_an_older_card_is_read_again(bench: Bench, samples, model_file):
    old = replace(samples.card(""), tensors=(), kv_heads=0)
    bench.store.keep_model(catalogue.identity(model_file), card=json.dumps(plain(old)))
    assert bench.card(str(model_file)).kv_heads == 3


def test_a_model_larger_than_the_memory_is_refused_before_it_is_read(model_file, monkeypatch):
    from workbench.models import decoder  # llama.cpp in this process, which loads nothing

    monkeypatch.setattr(decoder, "memory", lambda name: 100 << 20)
    with pytest.raises(decoder.CannotLoad, match="it holds 138 MB and 100 MB of memory are free"):
        decoder.loaded(model_file)
