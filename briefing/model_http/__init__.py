"""A model behind HTTP: any server that speaks OpenAI's chat completions. Knows nothing of prompts.

Answers within bounds of time and size that `Patience` sets; asks again where that helps and costs nothing; meets a
server half way where it lacks a part of the protocol (`Capabilities`). The key is sent in one header, to one host,
and stands in no error, log or print.
"""

from briefing.model_http.client import HTTPModel, model_from_environment
from briefing.model_http.connection import Server, server_at, server_from_environment
from briefing.model_http.dialects import Capabilities
from briefing.model_http.patience import Patience
from briefing.model_http.servers import Probed, list_models, probe

__all__ = [
    "Capabilities",
    "HTTPModel",
    "Patience",
    "Probed",
    "Server",
    "list_models",
    "model_from_environment",
    "probe",
    "server_at",
    "server_from_environment",
]
