"""Files by SHA-256: type, size, holds, verification."""
