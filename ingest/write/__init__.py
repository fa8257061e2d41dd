"""Documents of ours for others to go on with: tables, collections."""
