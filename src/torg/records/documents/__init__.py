"""The archive's files: what was said as one PDF/A, the original data beside it, attachments in archive formats.

Plain functions from dataclasses and bytes to bytes; no models and no queries.
"""
