"""Applications of annex 3: their four parts, their claims, and what is missing from them."""
