"""Who reads: a clerk, who keeps the ledgers and sees each household by its code, or a viewer, who sees totals.

Nobody signs in yet, so that all readers of a server have the role that its setting gives them.
"""

from __future__ import annotations

import os
from typing import Literal, get_args

from data.errors import BadRole

Role = Literal["clerk", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)
SETTING = "FRONTLINE_ROLE"


def role_named(written: str) -> Role:
    """Return the role of that name; raises BadRole."""
    for role in ROLES:
        if written == role:
            return role
    raise BadRole(value=written, known=", ".join(ROLES))


def installed_role() -> Role:
    """Return the role of all readers of this server, a clerk's by default; raises BadRole."""
    return role_named(os.environ.get(SETTING, "").strip() or "clerk")
