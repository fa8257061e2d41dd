"""The language of the programme: guide editions, conditions, shapes and the one schema."""
