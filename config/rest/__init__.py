"""What every endpoint of the API shares: rights, filters, pages and errors."""
