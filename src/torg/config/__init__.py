"""Settings, wiring, servers: where the house is put together."""
