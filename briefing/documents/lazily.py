"""An attribute worked out when it is first asked for, and kept: `functools.cached_property` without its lock.

The lock of Python 3.11 costs more than most of what is kept here, and a text is read by one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazily(Generic[T]):  # noqa: N801  (reads like `property`)
    """Keep what the method returns in the instance, where the next access finds it without this class.

    >>> class Word:
    ...     @lazily
    ...     def length(self):
    ...         print("counted")
    ...         return 4
    >>> word = Word()
    >>> word.length, word.length
    counted
    (4, 4)
    """

    def __init__(self, method: Callable[[Any], T]) -> None:
        self._method, self._name, self.__doc__ = method, method.__name__, method.__doc__

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> lazily[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> lazily[T] | T:
        """Return the value, worked out once."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._method(instance)
        return value
