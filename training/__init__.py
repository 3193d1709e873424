"""How the trained reader's weights are made: invented texts in, a network out."""
