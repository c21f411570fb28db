"""SCIM 2.0 (RFC 7643 and 7644): the municipality's directory tells us who works there."""
