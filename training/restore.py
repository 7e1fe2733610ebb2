"""Read shipped int8 weights back, so that a later training can go on from them.

    python -m training.restore briefing/weights BASE OUT.pt

`BASE` is what `training.base` writes; it gets the tokenizer that the weights were trained with. What was lost in
rounding stays lost: the state scores what the shipped file scores, give or take its activations.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from training.network import CrossEncoder

Arrays = Mapping[str, NDArray[np.float32]]
_QUANTIZED = "_quantized"
#: What the name of a layer has after it where its inputs were smoothed.
SMOOTHED = ".smoothed"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, check that nothing is missing, save."""
    parser = argparse.ArgumentParser(prog="python -m training.restore")
    for name in ("weights", "base", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    graph = onnx.load(str(options.weights / "entailment.onnx")).graph
    shutil.copyfile(options.weights / "tokenizer.json", options.base / "tokenizer.json")
    model = CrossEncoder(options.base)
    state = {name: torch.tensor(array) for name, array in restored(graph).items()}
    model.load_state_dict(state)
    torch.save(model.state_dict(), options.out)
    return 0


def restored(graph: onnx.GraphProto) -> Arrays:
    """Return the parameters by the names that they have in the network, as `float32`."""
    arrays = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    parameters = {name: array for name, array in arrays.items() if name.endswith((".weight", ".bias"))}
    linear = layers_of(graph)
    for name in (n.removesuffix(_QUANTIZED) for n in arrays if n.endswith(_QUANTIZED)):
        whole = arrays[name + _QUANTIZED].astype(np.float32) - arrays[f"{name}_zero_point"]
        weight = (whole * arrays[f"{name}_scale"]).astype(np.float32)
        # A linear layer multiplies from the other side.
        parameters |= {f"{linear[name].layer}.weight": weight.T.copy()} if name in linear else {name: weight}
    return {name.replace(SMOOTHED, ""): _unsmoothed(name, array, arrays) for name, array in parameters.items()}


def _unsmoothed(name: str, array: NDArray[np.float32], arrays: Arrays) -> NDArray[np.float32]:
    """Return a parameter without the factors that `training.export` multiplied its input channels by."""
    layer, smoothed, rest = name.partition(SMOOTHED)
    return array * arrays[f"{layer}.inverse"] if smoothed and rest == ".weight" else array


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """A quantized product, by the names of its tensors."""

    layer: str
    """The layer it belongs to: the one whose bias is added to it."""
    input: str
    """What the matrix is multiplied with, quantized."""
    output: str
    """The tensor to which the bias is added."""


def layers_of(graph: onnx.GraphProto) -> dict[str, Product]:
    """Return the quantized products by the names that their matrices had before."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    found: dict[str, Product] = {}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        (output,) = node.output
        while not (bias := [i for reader in readers[output] for i in reader.input if i.endswith(".bias")]):
            ((output,),) = (reader.output for reader in readers[output])
        matrix = node.input[1].removesuffix(_QUANTIZED)
        found[matrix] = Product(layer=bias[0].removesuffix(".bias"), input=node.input[0], output=output)
    return found


if __name__ == "__main__":
    sys.exit(main())
