"""A small news world of our own on loopback: what `scrapy demo` crawls and the end-to-end tests play on.

Six invented sites on six host names and one port (sites.py), each in the manner of another
generation of content management: a portal of 2008 and one of 2005 in GB18030 that call themselves
gb2312, a portal of 2012, a site in HTML5 with sitemaps and linked data, a mobile site with a feed
whose UTF-8 calls itself gb2312, a newspaper's digital edition with a calendar that never ends, and a
site whose lists are built by script or carried as JSON.

    world = World(date(2026, 11, 25))            # 150 articles; the same arguments give the same world
    with DemoServer(world) as server:            # 127.0.0.1:8470; server.hits tells what arrived when
        ...                                      # crawl profiles(), with ADDRESSES as the resolver's map
        server.show(World(world.today, phase=2)) # one article is corrected
    world.expected()                             # what a perfect crawl finds, field by field

Stories are written by hand (stories.json) or by a generator (writer.py) that never repeats itself, so
a world may have 10,000 articles: each is computed when it is asked for. cast.py says which articles
are reprints of which, printed over several pages or corrected; oddities.py which URLs are dead,
moved, hanging, forbidden or endless.
"""
