"""Our connections to the platforms: credentials, health, raw deliveries, polling."""
