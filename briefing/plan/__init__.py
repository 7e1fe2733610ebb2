"""What a newsroom wants every morning, as frozen values. How a file says it is read beside this, in `loading`."""

from briefing.plan.model import Mail, Plan, Topic, Webhook

__all__ = ["Mail", "Plan", "Topic", "Webhook"]
