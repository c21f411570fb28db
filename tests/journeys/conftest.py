"""The browser and the server, for every journey."""

from tests.journeys.browser import application, browser, context, live_server_address, page

__all__ = ["application", "browser", "context", "live_server_address", "page"]
