"""Sends the digest of a day: by e-mail, and to a webhook. Network faults are values here, nothing raises on them.

Sending twice is for the receiver to tell: the same day of the same plan always has the same key. Whether it was sent
before, the memory knows.
"""

from briefing.delivery.mail import send_mail
from briefing.delivery.outcome import Outcome, key_of
from briefing.delivery.webhook import send_webhook

__all__ = ["Outcome", "key_of", "send_mail", "send_webhook"]
