"""Leads: listed, read, registered, moved."""

from xiuhua.api.leads.routes import router

__all__ = ["router"]
