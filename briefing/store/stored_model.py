"""A model whose answers are kept: asked once, answered from the store ever after."""

from __future__ import annotations

from briefing.errors import ModelError, ReplyError
from briefing.model import Model, Reply, Request
from briefing.store.answers import Question
from briefing.store.store import Store


class StoredModel:
    """Answers from `store` where it can, else asks `model` and keeps the answer before handing it out.

    Replies that turn out cut off or wrong are kept too, and unusable replies raise the same error again: they were
    paid for, and asking again at temperature 0 gives the same. A reply from the store carries the usage it was paid
    with. With `fresh`, nothing is read and everything is still kept. Raises `StoreError` besides `ModelError`: what
    cannot be kept is not to be asked.
    """

    def __init__(self, model: Model, *, store: Store, run: int, server: str, fresh: bool = False) -> None:
        self._model = model
        self._store = store
        self._run = run
        self._server = server
        self._fresh = fresh

    @property
    def name(self) -> str:
        """Of the model that is asked."""
        return self._model.name

    @property
    def context_tokens(self) -> int:
        """Of the model that is asked."""
        return self._model.context_tokens

    def ask(self, request: Request) -> Reply:
        """Answer, or raise what the model raised."""
        question = Question(server=self._server, model=self.name, request=request)
        if self._fresh:
            return self._asked(question)
        with self._store.alone_with(question):
            kept = self._store.answer(question)
            if kept is None:
                return self._asked(question)
            self._store.served(self._run, question)
        if isinstance(kept, ReplyError):
            raise kept
        return kept

    def _asked(self, question: Question) -> Reply:
        call = self._store.begin_call(self._run, question)
        try:
            reply = self._model.ask(question.request)
        except ModelError as error:
            self._store.end_call(call, error)
            raise
        self._store.end_call(call, reply)
        return reply
