"""Makes the folder of a real Chinese sentence model from an artifact of a Maven repository."""
