"""Pages that are no content: blocks, logins, missing pages, shells. Asked where a page has little text."""

import re
from typing import Final

from newsspider.page.document import Page

#: A page with more text of its own than this, outside links, is read as content whatever words it has.
MOST_TEXT: Final = 700
_HEAD: Final = 200_000

# Names of shields in the source of their pages: Jiasule, Ruishu, Aliyun, Cloudflare, BaoTa, Tencent, Geetest
_SHIELDS: Final = (
    ("__jsl_clearance", "jsl_challenge"),
    ("$_ts=", "ruishu_challenge"),
    ("$_ts['", "ruishu_challenge"),
    ("acw_sc__v2", "aliyun_challenge"),
    ("errors.aliyun.com", "aliyun_waf"),
    ("aliyun_waf", "aliyun_waf"),
    ("cdn-cgi/challenge-platform", "cloudflare_challenge"),
    ("cf-browser-verification", "cloudflare_challenge"),
    ("cf_chl_", "cloudflare_challenge"),
    ("cf-error-details", "cloudflare_block"),
    ("_waf_bd8ce2ce37", "baota_waf"),
    ("turing.captcha.qcloud.com", "captcha"),
    ("static.geetest.com", "captcha"),
    ("nocaptcha", "captcha"),
    ("_guard/auto.js", "script_challenge"),
    ("/_guard/", "script_challenge"),
)
# Words of blocks: 您的请求带有不合法参数，已被网站管理员设置拦截
_BLOCKED: Final = re.compile(
    r"网站防火墙|Web应用防火墙|访问被(?:拦截|阻断|拒绝|禁止)|请求(?:已)?被(?:拦截|阻断|拒绝)|设置拦截|不合法参数|安全验证"
    r"|人机验证|行为验证|滑动验证|(?:拖动|按住)滑块|请输入验证码|验证码错误|完成(?:下方|以下)?验证"
    r"|(?:访问|操作|请求)(?:次数)?(?:过于|太|过)频繁|网页抓取工具|请(?:开启|启用|打开)(?:浏览器的?)?JavaScript[^。]{0,6}(?:刷新|继续|重新|重试)"
    r"|禁用了?\s?Cookie|安全策略拦截|(?:云防护|防火墙|安全系统)[^。]{0,6}拦截|设置为拦截|攻击性行为|疑似[^。]{0,6}攻击|操作(?:已)?被拒绝|非法访问"
    r"|刷新频率太快|异常访问|访问异常|异常流量|IP(?:地址)?(?:已被|被)|黑名单|IP访问受限|浏览器安全检查|正在(?:进行)?安全检[查测]|安全检[查测]中|您没有(?:权限)?访问|无权访问|禁止访问|403错误|网站卫士"
    r"|云锁|知道创宇|加速乐|百度云加速|创宇盾|D盾|安全狗|WAF|captcha|Access Denied"
    r"|403 Forbidden|^Forbidden|Just a moment|Checking your browser"
    r"|Attention Required|DDoS protection|enable (?:JavaScript|cookies) to continue|unusual traffic"
    r"|Too Many Requests|Visitor System|访问受限|访问受到限制"
    r"|访问认证中|正在验证(?:您的)?浏览器|仅限(?:境内|大陆|内网)[^。]{0,4}访问|(?:异常|非法)[^。]{0,6}拦截"
    r"|存在(?:安全)?威胁|检测到(?:攻击|异常|您的)|触发了?(?:安全|防护)"
    r"|Request (?:blocked|rejected)|requested URL was rejected|IP (?:address )?has been blocked",
    re.IGNORECASE,
)
# A script that sets a cookie and loads the page again: what every home-made shield does
_COOKIE_RELOAD: Final = ("document.cookie", "location")
_RELOAD: Final = ("location.reload(", "location.replace(location", "location.href=location")
_LOGIN: Final = re.compile(
    r"(?:用户|会员|帐号|账号|账户|统一身份|短信|密码)(?:登[录陆]|注册|认证)|登[录陆](?:页|系统|中心|注册)|^登[录陆]$"
    r"|[找取]回?密码|索取密码|忘记密码|请(?:先)?登[录陆](?:后|再)|\b(?:log|sign) ?in\b",
    re.IGNORECASE,
)
# 您要访问的页面不存在, 页面没有找到, 该文章已被删除
_GONE: Final = re.compile(
    r"(?:页面|网页|网址|页|文章|内容|稿件|新闻|信息|帖子|资源|文件|作品|链接|地址)[^，。！!]{0,8}"
    r"(?:不存在|没有找到|没找到|未找到|找不到|无法找到|不见了|无法显示|无法访问|(?:已|被)[^，。！!]{0,4}删除|已下[线架]|已失效|已过期|未通过审核|被外星人"
    r"|丢失|走丢|跑丢|离家出走|飞走|飞到|已?撤稿|(?:已|被)[^，。！!]{0,3}(?:撤下|撤稿|撤回|移除|移走|屏蔽|停用))"
    r"|(?:找不到|没有找到|未找到|无法找到)[^，。！!]{0,12}(?:页面|网页|网址|文章|内容|信息|文件|资源)"
    r"|(?:没有您要(?:查看|访问|找)的|\b无此)(?:页面|网页|文章|内容|信息|新闻|稿件)"
    r"|(?:^|[^\d])404(?:$|[^\d])|Not Found|不存在或已|已被(?:作者|管理员|发布者)?删除|错误页|访问的页面出错"
    r"|参数错误|非法参数|(?:暂无|没有)(?:该|此)(?:文章|信息|内容|新闻)|(?:文章|信息|内容|新闻|稿件)[^。]{0,4}审核中"
    r"|页面[^。]{0,4}停止服务|does(?:n't| not) exist|page (?:can ?not|could not) be found",
    re.IGNORECASE,
)
# 正在跳转，请稍候..., Loading...: all that a page prints until its script has run
_WAITING: Final = re.compile(r"跳转|加载中|请稍[候后等](?!再)|\bloading\b|redirecting", re.IGNORECASE)
# What a script says before it goes back: alert('您访问的信息不存在！')
_ALERT: Final = re.compile(r"""alert\(\s{0,3}["']([^"']{1,80})["']""")
_LEAST_SCRIPT: Final = 200


def blocked_by(page: Page, text: str) -> str | None:
    """Return the name of the block that `page` shows (`text` is what it prints), or None."""
    source = page.text[:_HEAD]
    if len(text) <= MOST_TEXT // 2:
        for name, reason in _SHIELDS:
            if name in source:
                return reason
    if match := _BLOCKED.search(f"{page.head_title}\n{text}"):
        return "captcha" if "验证" in match.group() or "captcha" in match.group().lower() else "waf_page"
    return None


def challenged_by(page: Page) -> str | None:
    """Return `script_challenge` for a page that prints nothing, sets a cookie and loads itself again."""
    source = page.text[:_HEAD]
    if len(source) > _LEAST_SCRIPT and (
        all(word in source for word in _COOKIE_RELOAD) or any(word in source for word in _RELOAD)
    ):
        return "script_challenge"
    return None


def login(page: Page, text: str) -> bool:
    """Whether the page asks who one is: by its title, or by a password field beside words of a login."""
    if _LOGIN.search(page.head_title):
        return True
    return page.root.find(".//input[@type='password']") is not None and _LOGIN.search(text) is not None


def missing(page: Page, text: str | None) -> bool:
    """Whether the page says that there is no such page; `text` is None where it prints nothing."""
    if text is None:
        alert = _ALERT.search(page.text[:_HEAD])
        text = alert.group(1) if alert else ""
    return _GONE.search(f"{page.head_title}\n{text}") is not None


def waiting(text: str) -> bool:
    """Whether a page with a few words says that it waits for its script."""
    return _WAITING.search(text) is not None


def shell(page: Page) -> str:
    """Why a page prints nothing: it sends the reader on, waits for a script, or is empty."""
    for meta in page.root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and "url" in (
            meta.get("content") or ""
        ).lower():
            return "meta_refresh"
    source = page.text[:_HEAD]
    if "location.href" in source or "location.replace" in source or "window.location" in source:
        return "script_redirect"
    return "script_shell" if "<script" in source.lower() else "no_text"
