"""A site whose pages are built by script, some of them by scripts that mean no good."""

import asyncio
import json
import ssl
from pathlib import Path

from newsspider.demo.loopback import LoopbackServer, Request

OWN, FOREIGN = "lists.example", "elsewhere.example"
_LINKS = """
<script>
  var list = document.getElementById("list");
  %s
  for (var n = 1; n < 9; n++) {
    var entry = document.createElement("li"), link = document.createElement("a");
    link.href = "/" + "%s" + "/2026/1120/" + n + ".html";
    link.textContent = "城东新区第" + n + "座公共图书馆本周末正式开门迎客";
    entry.appendChild(link);
    entry.append(" 2026-11-2" + n %% 5);
    list.appendChild(entry);
  }
</script>
"""
_FRAME = '<!doctype html><html><head><meta charset="utf-8"><title>列表</title></head><body>{}</body></html>'
_SCRIPTS = {
    "curious": """
      fetch("http://FOREIGN/by-script");
      fetch("/leads-away");
      fetch("http://127.0.0.1:PORT/by-address");
      fetch("http://OWNHOST:1/other-port").catch(function () {});
      new WebSocket("ws://FOREIGN/socket");
      window.open("http://FOREIGN/window");
      navigator.sendBeacon("http://FOREIGN/beacon");
      new Image().src = "/picture.png";
      var frame = document.createElement("iframe");
      frame.src = "http://FOREIGN/frame";
      document.body.appendChild(frame);
      var inner = document.createElement("iframe");
      inner.src = "/leads-away";
      document.body.appendChild(inner);
    """,
    "leaver": 'setTimeout(function () { location.href = "http://FOREIGN/left"; }, 50);',
    "poller": 'setInterval(function () { fetch("/poll"); }, 100);',
    "busy": "for (;;) {}",
    "giant": 'document.body.append("新".repeat(300_000));',
}


class ScriptSite(LoopbackServer):
    """Serves one site and, on another name, one that must never be asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__("127.0.0.1", 0, tls=tls)

    @property
    def own(self) -> str:
        return f"{'https' if self.tls else 'http'}://{OWN}:{self.port}"

    def asked(self, host: str) -> list[str]:
        return [request.path for request in self.requests if request.host == host]

    async def respond(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        name = request.path.strip("/")
        if request.path == "/robots.txt" or name in {"poll", "picture.png"}:
            answer = _answer("200 OK", b"", "text/plain")
        elif name in {"leads-away", "moved-away"}:
            answer = _answer("302 Found", b"", "text/html", f"Location: http://{FOREIGN}:{self.port}/{name}")
        elif name == "torn":
            answer = _answer("200 OK", self._page("plain"), "text/html")[:-300]
        elif name in _SCRIPTS or name == "plain":
            answer = _answer("200 OK", self._page(name), "text/html")
        else:
            answer = _answer("404 Not Found", b"<h1>404 Not Found</h1>", "text/html")
        writer.write(answer)
        await writer.drain()
        return False

    def _page(self, name: str) -> bytes:
        script = _SCRIPTS.get(name, "").replace("FOREIGN", f"{FOREIGN}:{self.port}")
        script = script.replace("PORT", str(self.port)).replace("OWNHOST", OWN)
        return _FRAME.format(f'<ul id="list"></ul>{_LINKS % (script, name)}').encode()

    def write_site(self, folder: Path, *, starts: tuple[str, ...], insecure_tls: bool = False) -> Path:
        """Write the site's file into a new folder of site files."""
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "scripted.py").write_text(
            "from newsspider.profile import SiteProfile\nfrom newsspider.site_spider import SiteSpider\n\n\n"
            "class ScriptedSpider(SiteSpider):\n    profile = SiteProfile(\n"
            '        name="scripted", title="新区在线", region="CN-HA",\n'
            f"        hosts=({f'{OWN}:{self.port}'!r},), start={tuple(f'{self.own}/{name}' for name in starts)!r},\n"
            f"        javascript=True, insecure_tls={insecure_tls},\n    )\n",
            encoding="utf-8",
        )
        return folder

    @property
    def addresses(self) -> str:
        return json.dumps({OWN: "127.0.0.1", FOREIGN: "127.0.0.1"})


def _answer(status: str, body: bytes, kind: str, *more: str) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *more,
    )
    return "\r\n".join((*lines, "", "")).encode() + body
