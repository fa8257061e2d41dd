"""Real database servers for tests, fetched and started without containers."""
