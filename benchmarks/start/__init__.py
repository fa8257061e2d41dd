"""From nothing to the first answer, and what one answer costs."""
