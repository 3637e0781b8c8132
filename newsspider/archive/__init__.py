"""Raw pages in WARC: written to outlive a kill, read strictly, found again, packed for replay."""
