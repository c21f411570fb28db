"""A deposit package from our own records: read in one moment, in batches, and tested when it is written."""
