"""Everything that can go wrong, as one tree.

    BriefingError                   exit code 2 unless a branch says otherwise
    ├── ConfigError                 a setting or an argument is wrong
    ├── SourceError (3)             one source could not be read; the others go on
    │   ├── SourceNotFound
    │   ├── SourceUnreadable        permissions, a folder that vanished, a device
    │   ├── SourceTooLarge
    │   ├── SourceEmpty             no bytes, or nothing but white space
    │   ├── SourceNotAnArticle      in the place of one: a page not found, a log-in, links only, other JSON
    │   ├── SourceNotText           a picture, an archive, a program
    │   ├── SourceUnsupported       a kind of text this version cannot read
    │   ├── SourceBroken            a file of a known kind that is cut off or damaged
    │   ├── SourceEncrypted         it wants a password
    │   ├── SourceWithoutText       pages of pictures
    │   ├── SourceFailed            a reader made a mistake; only this source is lost
    │   └── AddressError            an address of the web gave nothing
    │       ├── AddressRefused      it may not be asked: private, of another scheme, with a password …
    │       ├── RobotsRefused       its host does not want programs there
    │       ├── AddressUnavailable  no whole answer came: name, connection, TLS, time (retryable)
    │       ├── AddressGone         the server says that nothing stands there
    │       └── AddressFailed       the server answered, and not with a page
    ├── NothingToBrief (3)          no source at all was left to work on
    ├── TextNotRead                 a text to be checked whose shape is not known
    ├── ManifestError               a briefing.json that cannot be read as one
    ├── DecisionRefused             a reviewer's decision that cannot be made
    ├── PromptError                 a prompt template or its few-shot example is broken
    ├── StoreError                  the store of calls and runs, or the memory, cannot be read or written
    │   └── MemoryBusy              another run has the memory for itself
    ├── WeightsMissing              the entailment model that ships is not there
    └── ModelError (4)              the model failed
        ├── ModelUnavailable        no answer: connection, time-out, server error (retryable)
        ├── ModelRefused            key, quota or model name not accepted
        ├── BudgetExceeded          the next call might cost more than the run may; it was not sent
        └── ReplyError              an answer came and cannot be used; it is kept
            ├── ReplyTruncated
            ├── ReplyRefused        the model declined, or a content filter stopped it
            ├── ReplyEmpty
            ├── ReplyNotJSON
            ├── ReplyWrongShape
            └── ReplyUnknownSentence

Every error carries `subject` (the value at fault, such as a path) and `hint` (what to do next). Facts
about a kind of error (`exit_code`, `retryable`) live on its class.
"""

from __future__ import annotations

from typing import ClassVar

from briefing.types import Usage


class BriefingError(Exception):
    """Base of every error this package raises on purpose.

    >>> error = SourceNotFound("a.txt", "no such file", hint="check the spelling")
    >>> str(error)
    'a.txt: no such file (check the spelling)'
    """

    exit_code: ClassVar[int] = 2
    retryable: ClassVar[bool] = False

    def __init__(self, subject: str, message: str, *, hint: str) -> None:
        super().__init__(subject, message)
        self.subject = subject
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.subject}: {self.message} ({self.hint})"


class ConfigError(BriefingError):
    """A setting or an argument is wrong; `subject` says where it was set."""


class SourceError(BriefingError):
    """One source could not be read; `subject` is its location."""

    exit_code = 3


class SourceNotFound(SourceError):
    """Nothing stands at the location."""


class SourceUnreadable(SourceError):
    """Something stands there, but the system would not hand over its bytes."""


class SourceTooLarge(SourceError):
    """More bytes than the limit allows; nothing of it was read."""


class SourceEmpty(SourceError):
    """No bytes, or nothing but white space."""


class SourceNotText(SourceError):
    """The bytes are not text in any encoding."""


class SourceNotAnArticle(SourceError):
    """What came stands in the place of an article: a page that was not found, a log-in form, nothing but links.

    Also JSON or XML that holds something else; a folder's files of that kind are passed over as pictures are.
    """


class SourceUnsupported(SourceError):
    """Text, but of a kind that this version cannot read."""


class SourceBroken(SourceError):
    """A file of a known kind that is cut off, damaged, or costs more to read than it may."""


class SourceEncrypted(SourceError):
    """A file that wants a password."""


class SourceFailed(SourceError):
    """A reader raised what it should not have; the message says what."""

    @classmethod
    def by(cls, location: str, error: Exception) -> SourceFailed:
        """Name the mistake.

        >>> print(SourceFailed.by("a.xml", ValueError("no such tag")))
        a.xml: its reader failed: ValueError: no such tag (please report it; the other sources were read)
        """
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return cls(location, f"its reader failed: {said}", hint="please report it; the other sources were read")


class SourceWithoutText(SourceError):
    """A document whose pages hold pictures, or nothing."""


class AddressError(SourceError):
    """An address of the web gave nothing; `subject` is the address, secrets in it masked."""


class AddressRefused(AddressError):
    """The program does not ask there; nothing was sent to it."""


class RobotsRefused(AddressError):
    """The host's robots.txt does not allow it, or could not be had."""


class AddressUnavailable(AddressError):
    """No whole answer came: no such name, no connection, no trust in its certificate, or not in time."""

    retryable = True


class AddressGone(AddressError):
    """The server says that nothing stands there, or nothing any more."""


class AddressFailed(AddressError):
    """The server answered with an error, in circles, or in a packing that cannot be undone."""


class NothingToBrief(BriefingError):
    """No source was left, or no sentence of any source may be cited."""

    exit_code = 3


class TextNotRead(BriefingError):
    """A text to be checked that is JSON of a shape that is not known; `subject` is its name."""


class ManifestError(BriefingError):
    """A file that should be a `briefing.json` is not one."""


class DecisionRefused(BriefingError):
    """A reviewer's decision that cannot be made; `subject` is the claim or the part of the decision at fault.

    `conflict` says that the briefing stands in its way, and not the form of what was asked.
    """

    def __init__(self, subject: str, message: str, *, hint: str, conflict: bool = False) -> None:
        super().__init__(subject, message, hint=hint)
        self.conflict = conflict


class PromptError(BriefingError):
    """A prompt template is missing, or wants a value that it was not given."""


class StoreError(BriefingError):
    """The store of calls and runs, or the memory of daily briefs, cannot be opened, read or written; what it holds
    stays. `subject` is its path or address, without a password."""


class MemoryBusy(StoreError):
    """Another run has the memory for itself; the message says which, and since when."""


class WeightsMissing(BriefingError):
    """A file of the entailment model that ships with the package is not there, or not of it; `subject` is the file."""


class ModelError(BriefingError):
    """The model failed; `subject` is its name, `usage` what the failure cost as far as the server said."""

    exit_code = 4

    def __init__(self, subject: str, message: str, *, hint: str, usage: Usage | None = None) -> None:
        super().__init__(subject, message, hint=hint)
        self.usage = usage or Usage()


class ModelUnavailable(ModelError):
    """No answer came: connection, time-out, overload, server error."""

    retryable = True


class ModelRefused(ModelError):
    """The server answered that it will not do this: key, quota, model name, request."""


class BudgetExceeded(ModelError):
    """The next call might take the run over its limit; nothing of it was sent."""


class ReplyError(ModelError):
    """An answer came and cannot be used. The reply is kept, because it was paid for."""

    def __init__(self, subject: str, message: str, *, hint: str, reply: str, usage: Usage | None = None) -> None:
        super().__init__(subject, message, hint=hint, usage=usage)
        self.reply = reply


class ReplyTruncated(ReplyError):
    """The model stopped at its token limit."""


class ReplyRefused(ReplyError):
    """The model declined, or a content filter stopped it."""


class ReplyEmpty(ReplyError):
    """The reply has no text."""


class ReplyNotJSON(ReplyError):
    """The reply is not one JSON value."""


class ReplyWrongShape(ReplyError):
    """The reply is JSON, but not of the shape that was asked for."""


class ReplyUnknownSentence(ReplyError):
    """The reply cites a sentence id that it was not shown."""
