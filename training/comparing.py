"""Teach the shipped entailment model a second thing: whether two sentences answer one question, and in two ways.

    python -m training.comparing BASE STATE.pt ROWS.jsonl HELD_ROWS.jsonl briefing/weights [--answers] [--rank 8]
        [--rate 2e-3] [--epochs 2]

`STATE.pt` is what `training.restore` reads back from `briefing/weights`, `ROWS.jsonl` what `training.accounts` writes.
Nothing that the model has learnt is touched: beside the matrices of every layer but the widening one stand two thin
ones (LoRA, Hu and others 2021), and only they and one row that reads the first token are trained. They go into a second
file, `comparing.onnx`, with the output `one_question`: 1.1 megabytes, for all other weights stay where they are, in
`entailment.onnx` beside it, and are read from there. With `--answers` a second row is trained for the label `d`, and
both go into `answering.onnx`, with the output `answers`. Prints the area under the curve on the rows held out.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import external_data_helper, helper, numpy_helper
from torch.nn import functional

from benchmarks.claims import auroc
from benchmarks.common import read_rows
from briefing.entailment import BELONGS_TO
from training.network import CrossEncoder
from training.restore import SMOOTHED, layers_of
from training.train import Encoder, Row, batches

#: What one pair with a question in common counts beside one without.
_WEIGHT = 2.0
_WARM_UP = 0.1
_REPORT = 50
_RUN = 64
#: Tensors of fewer bytes are written a second time.
_SMALL = 1024
#: In eight bits each row or column that the rank counts is kept as whole numbers up to this, and a scale.
_LARGEST = 127


class Adapted(torch.nn.Module):
    """A linear layer that stays as it is, and two thin matrices beside it."""

    def __init__(self, layer: torch.nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = torch.nn.Parameter(torch.randn(rank, layer.in_features) / layer.in_features**0.5)
        self.up = torch.nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return what the layer gives and what the two add."""
        result: torch.Tensor = self.layer(x) + (x @ self.down.to(x.dtype).T) @ self.up.to(x.dtype).T
        return result


class Comparing(torch.nn.Module):
    """The cross-encoder with thin matrices, and for each label a number read off its first token."""

    def __init__(self, base: Path, state: Path, rank: int, labels: str = "y") -> None:
        super().__init__()
        self.network = CrossEncoder(base)
        self.network.load_state_dict(torch.load(state, map_location="cpu"))
        for parameter in self.network.parameters():
            parameter.requires_grad_(requires_grad=False)
        width = self.network.dense.in_features
        self.network.dense = self.network.out = torch.nn.Identity()  # type: ignore[assignment]
        self.network.bfloat16()
        for layer in self.network.encoder.encoder.layer:
            attention = layer.attention.attn
            for name in "qkvo":
                setattr(attention, name, Adapted(getattr(attention, name), rank))
            layer.output.dense = Adapted(layer.output.dense, rank)
        self.labels = labels
        self.head = torch.nn.Linear(width, len(labels))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return for each pair the log-odds of each label: that it answers one question, that it does in two ways."""
        result: torch.Tensor = self.head(self.network(input_ids, attention_mask).float())
        return result

    def adapters(self) -> dict[str, Adapted]:
        """Return the adapted layers by the names that they have in the network."""
        return {name: module for name, module in self.network.named_modules() if isinstance(module, Adapted)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure, put into the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.comparing")
    for name in ("base", "state", "rows", "held", "weights"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--answers", action="store_true", help="tell two answers from one as well")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    labels, name = ("yd", "answering.onnx") if options.answers else ("y", "comparing.onnx")
    model = Comparing(options.base, options.state, options.rank, labels)
    encode = Encoder(options.base / "tokenizer.json", torch.device("cpu"))
    chance = random.Random(options.seed)
    rows = read_rows(options.rows)
    fit(model, encode, [batch for _ in range(options.epochs) for batch in batches(rows, chance)], options.rate)
    held = read_rows(options.held)
    found = scores(model, encode, held)
    for at, label in enumerate(labels):
        area = auroc([each[at] for each in found], [row[label] == 1 for row in held])
        print(f"area on {options.held}, {label}: {area:.4f}")
    shipped, target = options.weights / "entailment.onnx", options.weights / name
    described = onnx.load(str(shipped))
    add(described, model, whole=options.answers)
    lend(described, shipped)
    helper.set_model_props(described, {BELONGS_TO: shipped.with_name("VERSION").read_text(encoding="utf-8").strip()})
    target.write_bytes(described.SerializeToString())
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


def fit(model: Comparing, encode: Encoder, order: Sequence[Sequence[Row]], rate: float) -> None:
    """Go once over the batches: AdamW, the rate warming up and then falling to 0."""
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learning, weight_decay=0.01)
    model.train()
    running = 0.0
    for step, rows in enumerate(order):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(order))) * (len(order) - step) / len(order)
        for group in optimizer.param_groups:
            group["lr"] = rate * factor
        value = _loss(model(**encode(rows)), rows, model.labels)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        running = 0.95 * running + 0.05 * float(value.detach())
        if step % _REPORT == 0:
            print(f"{step:>6} of {len(order)}  loss {running:.3f}", flush=True)


def _loss(found: torch.Tensor, rows: Sequence[Row], labels: str) -> torch.Tensor:
    """Return the mean over all rows of what each label costs; what is not known, -1, costs nothing."""
    total = torch.zeros(())
    for at, label in enumerate(labels):
        known = torch.tensor([row[label] >= 0 for row in rows])
        wanted = torch.tensor([float(row[label]) for row in rows])[known]
        weight = torch.tensor(_WEIGHT)
        loss = functional.binary_cross_entropy_with_logits(found[known, at], wanted, pos_weight=weight, reduction="sum")
        total = total + loss / len(rows)
    return total


def scores(model: Comparing, encode: Encoder, rows: Sequence[Row]) -> list[list[float]]:
    """Return the log-odds of each row, one for each label."""
    model.eval()
    found: list[list[float]] = []
    with torch.no_grad():
        for at in range(0, len(rows), _RUN):
            found += model(**encode(rows[at : at + _RUN])).tolist()
    return found


# Into the file that ships
# ------------------------


def lend(described: onnx.ModelProto, shipped: Path) -> None:
    """Let all large tensors that stand in the file that ships be read from there; the names of nodes say nothing."""
    data = shipped.read_bytes()
    for tensor in described.graph.initializer:
        if not tensor.raw_data:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor), tensor.name))
        at, length = data.find(tensor.raw_data), len(tensor.raw_data)
        if length >= _SMALL and at >= 0:
            external_data_helper.set_external_data(tensor, location=shipped.name, offset=at, length=length)
            tensor.ClearField("raw_data")
    for node in described.graph.node:
        node.ClearField("name")


def add(described: onnx.ModelProto, model: Comparing, *, whole: bool = False) -> None:
    """Put the thin matrices beside the quantized ones, and the new output in place of the old one.

    They are kept in 16 bits, or as `whole` numbers in eight.
    """
    graph = described.graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    maker = {output: node for node in graph.node for output in node.output}
    nodes = list(graph.node)
    adapters = model.adapters()
    widened: list[onnx.NodeProto] = []
    for product in layers_of(graph).values():
        layer = product.layer.removesuffix(SMOOTHED)
        if layer not in adapters:
            continue
        adapter = adapters.pop(layer)
        entering = maker[product.input].input[0]
        # What enters has been divided by the factors that smooth it.
        down = adapter.down.detach().numpy() / arrays.get(f"{layer}.inverse", 1.0)
        for name, values in ((f"{layer}.down", down), (f"{layer}.up", adapter.up.detach().numpy())):
            tensors, node = _thin(name, values.T, whole=whole)
            graph.initializer.extend(tensors)
            widened.append(node)
        last = maker[product.output]
        last.output[0] = f"{layer}.alone"
        at = next(i for i, node in enumerate(nodes) if node is last)
        nodes[at + 1 : at + 1] = [
            helper.make_node("MatMul", [entering, f"{layer}.down"], [f"{layer}.narrow"]),
            helper.make_node("MatMul", [f"{layer}.narrow", f"{layer}.up"], [f"{layer}.wide"]),
            helper.make_node("Add", [f"{layer}.alone", f"{layer}.wide"], [product.output]),
        ]
    if adapters:
        raise ValueError(f"not found in the file: {sorted(adapters)}")
    nodes += _head(graph, maker, model)
    del graph.node[:]
    graph.node.extend([*widened, *nodes])


def _thin(name: str, values: np.ndarray, *, whole: bool) -> tuple[list[onnx.TensorProto], onnx.NodeProto]:
    """Return what is kept of a thin matrix, and the node that gives it in 32 bits."""
    if not whole:
        kept = numpy_helper.from_array(values.astype(np.float16), f"{name}.half")
        return [kept], helper.make_node("Cast", [kept.name], [name], to=onnx.TensorProto.FLOAT)
    short = int(np.argmin(values.shape))
    scale = np.abs(values).max(axis=1 - short, keepdims=True).astype(np.float32) / _LARGEST
    kept = numpy_helper.from_array(np.round(values / scale).astype(np.int8), f"{name}.whole")
    scales = numpy_helper.from_array(scale.ravel(), f"{name}.scale")
    return [kept, scales], helper.make_node("DequantizeLinear", [kept.name, scales.name], [name], axis=short)


def _head(graph: onnx.GraphProto, maker: Mapping[str, Any], model: Comparing) -> list[onnx.NodeProto]:
    """Return what reads the first token's last state, which is what enters the dense layer."""
    node = next(node for node in graph.node if "dense.bias" in node.input)
    while node.op_type != "DynamicQuantizeLinear":
        node = next(maker[name] for name in node.input if name in maker)
    for name, values in (("one.row", model.head.weight.T), ("one.offset", model.head.bias)):
        graph.initializer.append(numpy_helper.from_array(values.detach().numpy().copy(), name))
    name = "one_question" if model.labels == "y" else "answers"
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["pairs", len(model.labels)]))
    return [
        helper.make_node("Tanh", [node.input[0]], ["one.first"]),
        helper.make_node("MatMul", ["one.first", "one.row"], ["one.sum"]),
        helper.make_node("Add", ["one.sum", "one.offset"], [name]),
    ]


if __name__ == "__main__":
    sys.exit(main())
