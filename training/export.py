"""Write trained weights as the int8 ONNX file that ships.

    python -m training.export BASE STATE.pt briefing/weights

Weights are quantized per channel, to seven bits of eight: with all eight, processors without VNNI instructions
saturate, and scores would differ between machines.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import torch

from training.network import CrossEncoder


def main(arguments: Sequence[str] | None = None) -> int:
    """Export, quantize, copy the tokenizer, name the version."""
    parser = argparse.ArgumentParser(prog="python -m training.export")
    for name in ("base", "state", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    model = CrossEncoder(options.base).eval()
    model.load_state_dict(torch.load(options.state, map_location="cpu"))
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / "entailment.onnx"
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        _export(model, whole)
        _quantize(whole, target)
    shutil.copyfile(options.base / "tokenizer.json", options.out / "tokenizer.json")
    version = sha256(target.read_bytes()).hexdigest()[:12]
    (options.out / "VERSION").write_text(f"{version}\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, version {version}")
    return 0


def _export(model: CrossEncoder, path: Path) -> None:
    ids = torch.arange(5, 69).reshape(1, 64).repeat(2, 1)
    axes = {0: "pairs", 1: "tokens"}
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )


def _quantize(path: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(path),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )


if __name__ == "__main__":
    sys.exit(main())
