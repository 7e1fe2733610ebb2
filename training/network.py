"""The cross-encoder: an encoder, and three classes read off its first token. Needs torch and transformers."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import AutoModel

#: entailed, neutral, contradicted
CLASSES = 3


class CrossEncoder(torch.nn.Module):
    """Passage and statement in, three logits out."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        # The eager attention is the one that ONNX export follows.
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager", add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.dense = torch.nn.Linear(width, width)
        self.out = torch.nn.Linear(width, CLASSES)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (batch, 3) for ids of shape (batch, tokens)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.out(torch.tanh(self.dense(hidden[:, 0])))
        return logits


def loss(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean of the cross entropy.

    Label 3 is *not entailed, kind unknown*: what people labelled unsupported. Its likelihood is that of the other two
    classes together.
    """
    likely = torch.log_softmax(logits.float(), -1)
    either = torch.logsumexp(likely[:, 1:], 1, keepdim=True)
    chosen = torch.cat([likely, either], 1)[torch.arange(len(labels)), labels]
    return -(weights * chosen).mean()
