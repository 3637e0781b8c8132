"""Archived pages read anew with today's rules: in parallel, compared with the old records, accepted."""
