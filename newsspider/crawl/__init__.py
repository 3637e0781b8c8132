"""What knows Scrapy: scheduler, middlewares, the run and its report."""
