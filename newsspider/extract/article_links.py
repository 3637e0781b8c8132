"""Which links are headlines of articles: by their words, and by their addresses."""

import re
from typing import Final

from newsspider.page.text import any_of

# Links that every page has: 京ICP备…, 违法和不良信息举报, 关于我们
_LEGAL: Final = re.compile(
    r"许可证|备案|公网安备|ICP|版权[^，。]{0,8}$|违法和不良|举报中心|自律公约|管理规定|关于我们|联系我们|联系方式|广告服务|法律顾问|网站地图|网站律师|友情链接|意见反馈|帮助中心|"
    r"用户协议|隐私(?:政策|保护)|服务条款|设为首页|加入收藏|经营许可|About|English|客户端下载|下载.{0,8}客户端|第\s?\d{1,3}\s?版[:：]"
)
# 第A01版: 要闻, A01版: pages of a newspaper
_PAPER_PAGE: Final = re.compile(r"第?[A-Z]\d{2}版")
# The same in longer links, such as those of a footer.
_IMPRINT: Final = any_of("许可证", "备案", "公网安备", "ICP", "举报", "公约", "管理规定", "上一篇", "下一篇")
# Controls beside headlines: 12评论, 跟贴714, 查看更多, 上一篇
_CONTROL: Final = re.compile(
    r"反馈|评论|跟[贴帖]|查看|更多|返回|首页|上一[篇页条]|下一[篇页条]|登录|注册|邮箱|投稿|我来说|微博|论坛|博客|频道|专题$|@(?<=^@)|:$|：$|⋅$|https?:|www\.|订阅|进入|点击|下载|声明|招聘|RSS|举报|客户端|条(?<=\d条)|参与"
)
# 12, 08:30, (714): numbers alone
_NUMBERS: Final = re.compile(r"^\W*\d[\d\W]*$")
# 714 跟贴714, 【上一篇】…
_COUNTER: Final = re.compile(
    r"^\d+\s?跟[贴帖]\s?\d*$|^[【\[]?(?:上|下)一?[篇条][】\]:：]|尽在.{2,10}(?:APP|客户端)"
)
# Links to searches, people and advertisers: ?query=, /u/12345, uid=, adclick
_NO_ARTICLE_HREF: Final = re.compile(
    r"[?&](?:query|q|wd|keyword|word|kw)=|/(?:search|so\.|tags?/|user/|adclick|click\?|rd\?|cpro|u/\d)|uid=|adfclick"
)
# /12345, ?id=7, /a.htm#top, /detail?n=1
_ARTICLE_HREF: Final = re.compile(r"\d\d\d|id=|\.s?htm|/(?:detail|content|article|view|p/|a/)")
_PAGES: Final = (".html", ".shtml", ".htm")
#: What is attached to an article: 附件：报名表.doc
FILES: Final = (
    ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".pdf", ".ofd", ".rar", ".zip", ".7z",
    ".jpg", ".jpeg", ".png", ".gif", ".mp3", ".mp4",
)  # fmt: skip
#: Characters of a link in which a control or a number may stand for the whole.
_SHORT: Final = 12


def is_headline(text: str) -> bool:
    """Return whether the words of a link may be a headline: no control, number or imprint."""
    if text.isascii():
        return False
    if len(text) > _SHORT:
        return not (_IMPRINT.search(text) or (text[0].isdigit() and _COUNTER.search(text)))
    return not (
        _LEGAL.search(text)
        or _PAPER_PAGE.match(text)
        or _COUNTER.search(text)
        or _CONTROL.search(text)
        or _NUMBERS.match(text)
    )


def is_article_address(href: str) -> bool:
    """Return whether a link looks like an article's: a number, a page, a word like `/detail`."""
    if href.endswith(_PAGES):
        return True
    href = href.lower()
    if href.endswith(_PAGES):
        return True
    if href.endswith(FILES) or _ARTICLE_HREF.search(href) is None:
        return False
    return _NO_ARTICLE_HREF.search(href) is None
