"""What a site gives before it is crawled: `checksites` asks known sites, `addsite` new ones."""
