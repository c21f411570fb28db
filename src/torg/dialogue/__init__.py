"""What people write: posts, items, versions, threads, authors, attachments."""
