"""Every setting that differs from Scrapy's default, and newsspider's own, each with the reason.

Any of them can be set with `-s NAME=VALUE`; a foreign project may import them all:
`from newsspider.settings import *`.
"""

BOT_NAME = "newsspider"
SPIDER_MODULES = ["newsspider.spiders"]
COMMANDS_MODULE = "newsspider.commands"
# default SpiderLoader, because with it one broken file kills every spider
SPIDER_LOADER_CLASS = "newsspider.crawl.spider_loader.SiteSpiderLoader"
LOG_FORMATTER = "newsspider.crawl.log_formatter.LogFormatter"
# default DEBUG, because cron mails what is printed: only what is wrong is worth a mail
LOG_LEVEL = "WARNING"
LOG_JSON = False
# show how far a crawl is: live on a terminal, a line a minute elsewhere
PROGRESS = True
# default True, because Scrapy's handler prints what a page says as it is; ours escapes it
LOG_INSTALL_ROOT_HANDLER = False

# -- who we are and how we behave ------------------------------------------------------------------
# default "Scrapy/…", because an administrator must be able to find out who asks. Put your own
# contact here when you run this for real.
USER_AGENT = "newsspider/0.1 (+https://newsspider.example/contact; news archive)"
# default "en", because the sites are Chinese
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
ROBOTSTXT_OBEY = True
# seconds between two requests to one host
DOWNLOAD_DELAY = 2
# default 0.5, because the delay is a promise (P12): the least one, not the average
DOWNLOAD_DELAY_JITTER = 0
# default 8, because one request at a time and host is what these servers bear
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# default 16, because the scheduler limits hosts; requests that wait for their delay must not count
CONCURRENT_REQUESTS = 0
CONCURRENT_HOSTS = 100
# default 100, because Scrapy starts as many tasks for every page and each page yields one item
CONCURRENT_ITEMS = 1
# default Scheduler, because it parks requests in the downloader and knows nothing of hosts
SCHEDULER = "newsspider.crawl.scheduler.SiteScheduler"
# default RFPDupeFilter, because every drop must have an outcome: the scheduler knows what is known
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# -- patience --------------------------------------------------------------------------------------
# default 180, because three attempts of a hanging page must fit into two minutes
DOWNLOAD_TIMEOUT = 20
DNS_TIMEOUT = 10
RETRY_TIMES = 2
BACKOFF_SECONDS = 1.0
BACKOFF_LIMIT = 60.0
# seconds; a server that asks for more is left for this run
RETRY_AFTER_LIMIT = 900
CIRCUIT_BREAKER_FAILURES = 5
# default 20, because no honest page needs more
REDIRECT_MAX_TIMES = 5
# default 100, because a page that reloads itself each minute is no redirect
METAREFRESH_MAXDELAY = 3

# -- what may come in --------------------------------------------------------------------------------
# default 1 GiB, because the longest news page is far below, decoded or not
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# default False, because a page from a forged server is worse than none; a profile can make an exception
DOWNLOAD_VERIFY_CERTIFICATES = True
# default: all of them, because a redirect or a start URL must never read a file or a bucket
DOWNLOAD_HANDLERS = {
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
    # because Twisted asks a second time, without a delay, where a server hangs up
    "http": "newsspider.crawl.download.one_try.OneTryHandler",
    # because a profile (`insecure_tls=True`) may except its own hosts from verification and no other
    "https": "newsspider.crawl.download.tls.SiteHttpsHandler",
}
# default CachingThreadedResolver, because that one connects to 127.0.0.1 when DNS says so
TWISTED_DNS_RESOLVER = "newsspider.crawl.download.resolver.PublicResolver"
ALLOW_PRIVATE_ADDRESSES = False
RESOLVER_ADDRESSES: dict[str, str] = {}
# default 10, because dead names block a thread each for DNS_TIMEOUT seconds
REACTOR_THREADPOOL_MAXSIZE = 64
URLLENGTH_LIMIT = 1000
# default True, because we need no session and a shared one leaks
COOKIES_ENABLED = False
# default True, because a proxy from the environment would see every request
HTTPPROXY_ENABLED = False
# default True, because both are ways to run code in this process
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# default "scrapy-default", because nobody needs to know where we come from
REFERRER_POLICY = "no-referrer"
# statuses are outcomes here: every response is read
HTTPERROR_ALLOW_ALL = True

# -- how far a run goes ------------------------------------------------------------------------------
# days that a first run looks back; `-a since=` says otherwise
FIRST_RUN_DAYS = 30
# pages of one listing
LISTING_PAGE_LIMIT = 50
# known URLs of a site that one run visits again
DUE_LIMIT = 500
# a run also visits what becomes due within so many hours: for somebody who runs once a day
DUE_AHEAD_HOURS = 0
# requests, bytes and seconds that one site may cost in one run; 0: no limit
SITE_PAGE_LIMIT = 5_000
SITE_BYTES_LIMIT = 1024 * 1024 * 1024
SITE_TIME_LIMIT = 4 * 3600
# the same for a whole run (with Scrapy's CLOSESPIDER_TIMEOUT and CLOSESPIDER_PAGECOUNT); 0: no limit
RUN_BYTES_LIMIT = 0
# default 0 (none), because a leak must not take the machine down
MEMUSAGE_LIMIT_MB = 2048
MEMUSAGE_CHECK_INTERVAL_SECONDS = 10.0
# seconds after which a process that does not move is ended
WATCHDOG_SECONDS = 90
# the run stops before the disk is full: at this or at 5 % of a small disk
DISK_FREE_LIMIT_MB = 200

# -- what is kept ------------------------------------------------------------------------------------
EXPORTS_DIR = "exports"
# one commit for so many visits, or for what came in so many seconds
STORE_BATCH_VISITS = 50
STORE_BATCH_SECONDS = 0.2
# segments are gzipped when they are sealed (.jsonl.gz)
STORE_COMPRESS = False
ARCHIVE_ENABLED = True
# None: EXPORTS_DIR/archive
ARCHIVE_DIR = None
ARCHIVE_FILE_BYTES = 512 * 1024 * 1024
# None: raw pages are kept for ever
ARCHIVE_KEEP_DAYS = None
# None: no limit; beyond it the oldest files are pruned
ARCHIVE_MAX_BYTES = None
# a number of sites, or a share like 2%, that may fail before the exit code says so
FAILED_SITES_TOLERATED = "0"

# -- who is told ---------------------------------------------------------------------------------
# failure: when the exit code is not 0; alarm: also when a site behaves unlike itself; always
NOTIFY_ON = "failure"
NOTIFY_EMAIL: list[str] = []
NOTIFY_WEBHOOK = None
# a JSON body with {text} in it, like {"msg": "{text}"}; None: {"text": "{text}"}
NOTIFY_WEBHOOK_BODY = None
NOTIFY_MAIL_FROM = "newsspider@localhost"
NOTIFY_MAIL_HOST = "localhost"
NOTIFY_MAIL_PORT = 25
NOTIFY_MAIL_USER = None
NOTIFY_MAIL_PASSWORD = None
# "", "starttls" or "ssl"
NOTIFY_MAIL_TLS = ""
# a folder for Prometheus' node exporter (extra `metrics`); None: no metrics
METRICS_DIR = None

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsspider.crawl.download.host_guard.HostGuard": 50,
    "newsspider.crawl.download.robots.PatientRobots": 100,
    "newsspider.crawl.download.backoff.Backoff": 550,
    "newsspider.crawl.download.refresh.MetaRefresh": 580,
    "newsspider.crawl.download.compression.WholeBodies": 590,
}
ITEM_PIPELINES = {"newsspider.crawl.pipelines.StorePipeline": 900}
EXTENSIONS = {
    # Scrapy's own log line a minute: progress shows more
    "scrapy.extensions.logstats.LogStats": None,
    "newsspider.crawl.archiver.Archiver": 0,
    "newsspider.crawl.limits.RunLimits": 0,
    "newsspider.crawl.watchdog.Watchdog": 0,
    "newsspider.crawl.progress.Progress": 0,
}
# default True, because the report says what the statistics would
STATS_DUMP = False
