"""Who plays what: which articles of the demo are special.

A role names a site and how many articles are newer than the one meant, so that the roles stay among
the freshest articles however large the world is.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from newsspider.demo.article import Copied


class Role(NamedTuple):
    """The article of `site` than which `newer` articles of the first phase are newer."""

    site: str
    newer: int


class Copy(NamedTuple):
    """A copy of another article, and what was done to it."""

    of: Role
    how: Copied


#: Articles printed over several pages.
PAGES: Final = MappingProxyType(
    {
        Role("demo_huadong", 1): 2,
        Role("demo_huadong", 9): 3,
        Role("demo_zhongyuan", 4): 2,
        Role("demo_xinan", 7): 2,
    }
)

#: Copies, each newer than what it copies.
COPIES: Final = MappingProxyType(
    {
        Role("demo_zhongyuan", 3): Copy(Role("demo_huadong", 6), "verbatim"),
        Role("demo_xinan", 2): Copy(Role("demo_huadong", 6), "headline"),
        Role("demo_beiguo", 3): Copy(Role("demo_zhongyuan", 8), "shortened"),
        Role("demo_huadong", 4): Copy(Role("demo_zhongyuan", 8), "editors_note"),
        Role("demo_lingnan", 5): Copy(Role("demo_xinan", 6), "verbatim"),
        Role("demo_huadong", 3): Copy(Role("demo_xinan", 6), "headline"),
        Role("demo_zhongyuan", 0): Copy(Role("demo_lingnan", 10), "shortened"),
        Role("demo_xinan", 4): Copy(Role("demo_beiguo", 5), "editors_note"),
        Role("demo_zhongyuan", 6): Copy(Role("demo_xinan", 9), "verbatim"),
        Role("demo_haixi", 1): Copy(Role("demo_xinan", 9), "shortened"),
        Role("demo_huadong", 10): Copy(Role("demo_huadong", 11), "twin"),
    }
)

#: Articles that the second phase has corrected, in the order in which more of them are asked for.
CORRECTED: Final = (
    Role("demo_huadong", 2),
    Role("demo_zhongyuan", 1),
    Role("demo_xinan", 0),
    Role("demo_beiguo", 0),
    Role("demo_lingnan", 1),
)

#: The article that an outdated address redirects to.
MOVED: Final = Role("demo_zhongyuan", 5)
