"""From a document to claims: what it states, where, in which words, and how sure the reading is."""
