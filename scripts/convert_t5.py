"""Make a GGUF of a T5, Flan-T5 or mT5 model that lies in a folder as Transformers saves it.

    python -m scripts.convert_t5 FOLDER FILE.gguf

The folder holds config.json, spiece.model (a unigram SentencePiece model) and *.safetensors. Weights are written as
float32; `models quantize` makes them smaller. Needs gguf and sentencepiece of requirements-dev.txt.
"""

import json
import sys
from pathlib import Path
from typing import Any

import gguf
from safetensors import safe_open
from sentencepiece import sentencepiece_model_pb2 as proto

UNIGRAM = 1  # TrainerSpec.model_type
PADDING = -10000.0  # score of the rows with which the vocabulary is filled up


def main() -> None:
    folder, target = map(Path, sys.argv[1:])
    convert(folder, target)


def convert(folder: Path, target: Path) -> None:
    """Write the model of a folder to a GGUF. Raises ValueError for a tokenizer of another kind or a tensor that T5 has not."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    layers, decoder_layers = config["num_layers"], config.get("num_decoder_layers") or config["num_layers"]
    writer = gguf.GGUFWriter(target, "t5")
    writer.add_name(config.get("_name_or_path") or folder.name)
    writer.add_context_length(config.get("n_positions", 512))
    writer.add_embedding_length(config["d_model"])
    writer.add_feed_forward_length(config["d_ff"])
    writer.add_block_count(layers)
    writer.add_decoder_block_count(decoder_layers)
    writer.add_head_count(config["num_heads"])
    writer.add_key_length(config["d_kv"])
    writer.add_value_length(config["d_kv"])
    writer.add_layer_norm_eps(config["layer_norm_epsilon"])
    writer.add_layer_norm_rms_eps(config["layer_norm_epsilon"])
    writer.add_relative_attn_buckets_count(config["relative_attention_num_buckets"])
    writer.add_decoder_start_token_id(config.get("decoder_start_token_id", 0))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    add_vocabulary(writer, folder / "spiece.model", config["vocab_size"])
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.T5, max(layers, decoder_layers))
    for name, values in tensors(folder):
        if name.removesuffix(".weight") in ("encoder.embed_tokens", "decoder.embed_tokens"):
            continue  # the shared table under other names
        known = names.get_name(name, try_suffixes=(".weight",))
        if known is None:
            raise ValueError(f"T5 has no tensor {name}")
        writer.add_tensor(known, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def tensors(folder: Path):
    """(name, float32 array) of every weight."""
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118 - it is no dictionary
                yield name, file.get_tensor(name).float().numpy()


def add_vocabulary(writer: gguf.GGUFWriter, path: Path, size: int) -> None:
    """The pieces of a SentencePiece model with their scores and kinds, filled up to the size of the model's table."""
    spiece: Any = proto.ModelProto()
    spiece.ParseFromString(path.read_bytes())
    if spiece.trainer_spec.model_type != UNIGRAM:
        raise ValueError(f"{path} is no unigram model")
    pieces = list(spiece.pieces)
    rows = [(piece.piece.encode(), piece.score, piece.type) for piece in pieces]  # the kinds are numbered as in GGUF
    rows += [(f"[PAD{number}]".encode(), PADDING, gguf.TokenType.UNUSED) for number in range(len(rows), size)]
    tokens, scores, kinds = zip(*rows, strict=True)
    writer.add_tokenizer_model("t5")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_add_space_prefix(spiece.normalizer_spec.add_dummy_prefix)
    writer.add_remove_extra_whitespaces(spiece.normalizer_spec.remove_extra_whitespaces)
    writer.add_precompiled_charsmap(spiece.normalizer_spec.precompiled_charsmap)
    writer.add_eos_token_id(spiece.trainer_spec.eos_id)
    writer.add_unk_token_id(spiece.trainer_spec.unk_id)
    writer.add_pad_token_id(spiece.trainer_spec.pad_id)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(True)


if __name__ == "__main__":
    main()
