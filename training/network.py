"""The cross-encoder: an encoder, and three classes read off its first token. Needs torch and transformers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import AutoModel

#: entailed, neutral, contradicted
CLASSES = 3
_DROPOUT = 0.1
#: Added to the weight of a token that nothing is to attend to; fits into bfloat16 and half precision.
_NEVER = -30_000.0


class CrossEncoder(torch.nn.Module):
    """Passage and statement in, three logits out.

    The encoder's modules and weights are MPNet's; how they are put together is written here, for two reasons. Only the
    first token's last state is read, so the last layer computes that one alone: a seventh of the work less, in training
    and where the weights ship. And attention is one operation, without dropout, which on a processor took longer than
    the products of matrices; only what goes into the first layer has some. Logits differ from the library's by less
    than 1e-4.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager", add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.dense = torch.nn.Linear(width, width)
        self.out = torch.nn.Linear(width, CLASSES)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (batch, 3) for ids of shape (batch, tokens)."""
        embeddings, layers = self.encoder.embeddings, self.encoder.encoder
        hidden = embeddings.word_embeddings(input_ids)
        # Padding stands at the end and nothing attends to it, so that its positions may be counted on.
        positions = torch.arange(input_ids.shape[1], device=input_ids.device) + embeddings.padding_idx + 1
        hidden = embeddings.LayerNorm(hidden + embeddings.position_embeddings(positions))
        hidden = functional.dropout(hidden, _DROPOUT, self.training)
        padding = (1 - attention_mask[:, None, None, :]).to(hidden.dtype) * _NEVER
        # Where a bias learns, the fast attention is not to be had.
        bias = layers.compute_position_bias(hidden[:1]).detach() + padding
        for layer in layers.layer[:-1]:
            hidden = _layer(layer, hidden, hidden, bias)
        first = _layer(layers.layer[-1], hidden[:, :1], hidden, bias[:, :, :1])
        logits: torch.Tensor = self.out(torch.tanh(self.dense(first[:, 0])))
        return logits


def _layer(layer: Any, asking: torch.Tensor, hidden: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Return what one layer makes of the tokens `asking`, which attend to all of `hidden`."""
    attention = layer.attention
    attended = attention.LayerNorm(attention.attn.o(_attend(attention.attn, asking, hidden, bias)) + asking)
    output = layer.output
    widened = functional.gelu(layer.intermediate.dense(attended))
    result: torch.Tensor = output.LayerNorm(output.dense(widened) + attended)
    return result


def _attend(heads: Any, asking: torch.Tensor, hidden: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    def split(x: torch.Tensor) -> torch.Tensor:
        return x.view(*x.shape[:2], heads.num_attention_heads, heads.attention_head_size).transpose(1, 2)

    q, k, v = split(heads.q(asking)), split(heads.k(hidden)), split(heads.v(hidden))
    if torch.onnx.is_in_onnx_export():
        likely = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(heads.attention_head_size) + bias, -1)
        found = likely @ v
    else:
        found = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    return found.transpose(1, 2).reshape(*asking.shape[:2], heads.all_head_size)


def loss(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean of the cross entropy.

    Label 3 is *not entailed, kind unknown*: what people labelled unsupported. Its likelihood is that of the other two
    classes together.
    """
    likely = torch.log_softmax(logits.float(), -1)
    either = torch.logsumexp(likely[:, 1:], 1, keepdim=True)
    chosen = torch.cat([likely, either], 1)[torch.arange(len(labels)), labels]
    return -(weights * chosen).mean()
