"""Where articles are found: feeds, sitemaps, listings, home pages; and when a URL is due again."""
