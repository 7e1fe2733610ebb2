"""The review page, served: who may ask, what is answered, and how long it runs. Starlette and uvicorn, on loopback."""

from briefing.web.app import review_app
from briefing.web.desk import Desk
from briefing.web.guard import Door, Password
from briefing.web.serving import Place, bound, serve, server_of

__all__ = ["Desk", "Door", "Password", "Place", "bound", "review_app", "serve", "server_of"]
