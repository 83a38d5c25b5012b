"""How each kind of block becomes part of a Word document."""
