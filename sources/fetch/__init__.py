"""The only package that opens connections to addresses that people or pages name.

A name is resolved once, every address it has must be public, and the connection goes to
one of the checked addresses while TLS is verified against the name; so again for each
redirect. A fetch ends at a total deadline however slowly the other side drips, and at a
size counted after decompression.
"""
