"""The table of forgeries, and how one comes into it."""

import dataclasses
from collections.abc import Callable

from forging import Sealed

NO_FAILURE, NOTHING_SIGNED = "no failure", "nothing signed"
ANY = "any failure"


@dataclasses.dataclass(frozen=True)
class Attack:
    name: str
    rule: str
    forge: Callable[[Sealed], bytes]
    audit: str
    verify: str
    classic_only: bool = False


ATTACKS: list[Attack] = []


def attack(rule: str, audit: str, verify: str | None = None, **more):
    """Puts a forgery into the table. What `audit` finds in a later revision `verify` tells too."""

    def register(forge):
        name = forge.__name__.strip("_").replace("_", "-")
        ATTACKS.append(Attack(name, rule, forge, audit, verify or audit, **more))
        return forge

    return register


def attacks(rule: str, audit: str, forgeries: dict[str, Callable[[Sealed], bytes]], verify: str | None = None, **more):
    for name, forge in forgeries.items():
        ATTACKS.append(Attack(name, rule, forge, audit, verify or audit, **more))


LATER, DAMAGED, DIFFERS = "revision.later", "structure.damaged", "revision.differs"
UNREADABLE, APPENDED = "audit.unreadable-signed", "audit.appended"
