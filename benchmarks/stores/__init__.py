"""The stores side by side."""
