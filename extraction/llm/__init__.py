"""The second engine: a language model finds stances, and every quote is looked up in the text."""
