"""newsspider's settings as a command's defaults: `pip install newsspider` needs no scrapy.cfg."""

from typing import Any, Final

from newsspider import settings

#: What a project made of nothing but newsspider would set. A project's own settings win.
OWN_SETTINGS: Final[dict[str, Any]] = {
    name: value for name, value in vars(settings).items() if name.isupper() and name != "COMMANDS_MODULE"
}
#: The same for commands that fetch nothing, and so have nothing to log.
QUIET_SETTINGS: Final[dict[str, Any]] = {**OWN_SETTINGS, "LOG_ENABLED": False}
