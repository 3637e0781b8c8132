"""What a page is before anybody reads it: text, tree, outline, addresses, kind."""
