"""Moderation: published rules, cases decided by two people, notices, sanctions and complaints."""
