"""Standards: what is known of each, which belong to a scene, and the clusters they form."""
