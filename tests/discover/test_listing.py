import json

import pytest

from newsspider.discover.link_features import MAX_LINKS, candidates
from newsspider.discover.listing import find_items
from newsspider.discover.listing_weights import WEIGHTS
from newsspider.profile import SiteProfile

URL = "http://news.example.cn/yw/index.html"


def profile(**fields: object) -> SiteProfile:
    return SiteProfile(
        name="yunxi",
        title="云溪",
        region=None,
        hosts=("news.example.cn",),
        start=("http://news.example.cn/",),
        **fields,
    )


def test_a_channel(make_page, listing_html) -> None:
    items = find_items(make_page(listing_html, URL))
    assert len(items) == 20
    assert items[0].url == "http://news.example.cn/yw/202303/t20230328_441828.html"
    assert items[0].title == "石桥乡春耕备耕全面展开"
    assert items[0].date == "2023-03-28"
    assert all("/yw/202303/t" in item.url for item in items)


def test_links_stay_as_written_where_no_url_is_known(make_page, listing_html) -> None:
    items = find_items(make_page(listing_html, None))
    assert [item.url for item in items][:1] == ["./202303/t20230328_441828.html"]
    assert len(items) == 20


def test_a_home_page(make_page) -> None:
    words = [
        "大桥通车仪式举行",
        "秋粮收购进度过半",
        "老城改造惠及千户",
        "非遗展演走进校园",
        "夜市经济点亮县城",
        "供暖管网全部完工",
    ]
    news = "".join(
        f'<div class="box"><h2><a href="/{channel}/">{name}</a></h2><ul>'
        + "".join(
            f'<li><a href="/{channel}/2023/0329/{n}{i}188.html">云溪{name}：{word}</a></li>'
            for i, word in enumerate(words)
        )
        + "</ul></div>"
        for n, (channel, name) in enumerate([("yw", "要闻"), ("ms", "民生"), ("wh", "文化")])
    )
    friends = "".join(f'<a href="http://site{n}.cn/">友好媒体{n}</a> ' for n in range(30))
    items = find_items(make_page(f"<body>{news}<div class='links'>{friends}</div></body>"))
    assert len(items) == 18
    assert all("/2023/0329/" in item.url for item in items)
    assert items[0].date == "2023-03-29"


def test_a_page_of_a_digital_newspaper(make_page) -> None:
    papers = "".join(f'<a href="node_{n}.htm">第{n:02}版：要闻</a>' for n in range(2, 17))
    stories = "".join(
        f'<li><a href="content_{3065 + n}.htm">{title}</a></li>'
        for n, title in enumerate(
            ["全县秋收进入尾声", "让山村孩子看见更远的世界", "一座老厂的新生", "护林员老周的三十年"]
        )
    )
    html = f"<div>{papers}</div><ul>{stories}</ul>"
    items = find_items(make_page(html, "http://paper.example.cn/yxrb/html/2023-03/29/node_1.htm"))
    assert [item.title for item in items] == [
        "全县秋收进入尾声",
        "让山村孩子看见更远的世界",
        "一座老厂的新生",
        "护林员老周的三十年",
    ]


@pytest.mark.parametrize(
    "shape",
    [
        "/2023/0329/{}8.html", "/yw/202303/t20230329_{}.html", "/news/show/{}", "/xwzx/yw/{}.html", "/info/1042/{}.htm", "/news/{}/",
        "/view.php?aid={}", "/index.php?m=content&a=show&catid=12&id={}", "/NewsDetail.aspx?ID={}", "/?p={}", "/p/a{}f8e7d6c5b.html",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "headlines",
    [["云溪大桥今日通车仪式举行", "全县秋粮收购进度已经过半"], ["大桥今日通车", "秋粮收购过半"]],
    ids=["long", "short"],
)
def test_addresses_of_every_kind(shape, headlines, make_page) -> None:
    menu = "".join(
        f'<a href="/c{n}/">{name}</a> '
        for n, name in enumerate(["首页", "要闻", "乡镇", "民生", "文化", "视频", "专题", "图片"])
    )
    rows = "".join(
        f'<li><a href="{shape.format(1000 + 7 * n)}">{headlines[n % 2]}</a></li>' for n in range(20)
    )
    friends = "".join(f'<a href="http://site{n}.cn/">友好媒体{n}</a> ' for n in range(9))
    footer = '<a href="/about/">关于我们</a> <a href="/flsm.html">法律声明及版权说明</a> <a href="http://icp.cn/">云ICP备00000001号</a>'
    items = find_items(
        make_page(f"<div>{menu}</div><ul>{rows}</ul><div>{friends}</div><div>{footer}</div>", URL)
    )
    assert {item.url for item in items} == {
        f"http://news.example.cn{shape.format(1000 + 7 * n)}" for n in range(20)
    }


def test_each_url_once_with_its_longest_text(make_page, listing_html) -> None:
    twice = listing_html.replace(
        '<div class="list">',
        '<a href="./202303/t20230328_441828.html"><img src="a.jpg"></a><div class="list">',
    )
    items = find_items(make_page(twice, URL))
    assert len(items) == 20
    assert items[0].title == "石桥乡春耕备耕全面展开"


def test_a_title_that_was_cut_off_is_taken_whole(make_page, listing_html) -> None:
    whole = "石桥乡春耕备耕全面展开 农机手备战忙"
    html = listing_html.replace(
        '28.html">石桥乡春耕备耕全面展开', f'28.html" title="{whole}">石桥乡春耕备耕全面展开…'
    )
    assert find_items(make_page(html, URL))[0].title == whole
    other = html.replace(whole, "点击查看")
    assert find_items(make_page(other, URL))[0].title == "石桥乡春耕备耕全面展开…"


def test_the_page_itself_is_no_item(make_page, listing_html) -> None:
    url = "http://news.example.cn/yw/202303/t20230328_441828.html"
    assert url not in {
        item.url for item in find_items(make_page(listing_html.replace("./202303/", "/yw/202303/"), url))
    }


def test_a_profile_keeps_to_the_site(make_page, listing_html) -> None:
    html = listing_html.replace("./202303/t20230328", "http://other.cn/202303/t20230328")
    assert len(find_items(make_page(html, URL))) == 20
    assert len(find_items(make_page(html, URL), profile())) == 19


def test_an_article_pattern_decides_alone(make_page, listing_html) -> None:
    items = find_items(make_page(listing_html, URL), profile(article_url=r"/t2023032[0-4]_"))
    assert len(items) == 5


def test_a_listing_pattern_takes_links_away(make_page, listing_html) -> None:
    assert find_items(make_page(listing_html, URL), profile(listing_url=r"/yw/")) == ()


def test_a_list_in_a_script_is_read_where_the_page_has_none(make_page) -> None:
    rows = [{"title": f"云溪要闻第{n}号", "url": f"/a/2023/03/29/{n}.html"} for n in range(8)]
    html = f"<div id='app'></div><script>window.__DATA__ = {json.dumps({'list': rows})}</script>"
    assert len(find_items(make_page(html))) == 8
    assert len(find_items(make_page(html), profile(article_url=r"/[0-3]\.html$"))) == 4


def test_a_page_without_links_has_no_items(make_page) -> None:
    assert find_items(make_page("")) == ()
    assert find_items(make_page("<p>没有链接</p>")) == ()


def test_every_feature_has_a_weight_and_lies_between_0_and_1(make_page, listing_html) -> None:
    for candidate in candidates(make_page(listing_html, URL)):
        assert set(candidate.features) <= set(WEIGHTS)
        assert all(0 <= value <= 1 for value in candidate.features.values())


def test_hostile_links_do_not_break_it(make_page) -> None:
    hrefs = [
        "http://[::1",
        "//",
        "?",
        "http://x:99999/",
        "\x00",
        "a" * 9000,
        "http://e.cn/" + "1" * 5000,
        "http://ｅ．cn/%zz",
        "..//..//",
    ]
    html = "".join(f'<a href="{href}">云溪县召开重点工程推进会议</a>' for href in hrefs) * 50
    find_items(make_page(html))


def test_links_beyond_the_limit_are_left(make_page) -> None:
    html = "".join(f'<a href="/2023/0329/{n}.html">云溪县要闻第{n}号</a> ' for n in range(MAX_LINKS + 100))
    assert len(find_items(make_page(html))) == MAX_LINKS
