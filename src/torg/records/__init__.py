"""Records (arkiv): what was captured, how it was assessed, the journal, its documents and their delivery."""
