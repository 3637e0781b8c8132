"""One file a site, data only. docs/adding-a-site.md says how to add one, docs/sites.md lists them."""
