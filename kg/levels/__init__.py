"""The notice's levels: a profile checked clause by clause, and the way to the next level."""
