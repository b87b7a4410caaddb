"""What is offered: one free (or once free, or wrongly called free) way to a GPU.

The classes follow the tables of `data/offers/*.toml`. A field that a file leaves out is unknown.
GB and hours are as the providers advertise them; GiB and MiB appear in the hardware table alone.
"""

import re
from typing import Annotated, Final, Literal

from pydantic import Field, Tag

from bot.catalog.conflicts import Conflict, OlderValue
from bot.catalog.facts import (
    UNKNOWN,
    Address,
    Amount,
    Citations,
    Count,
    Fact,
    Flag,
    Model,
    Note,
    PlainDate,
    PlainOrText,
    Source,
    Text,
    Words,
)
from bot.catalog.quota import Quota

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ShortName = Annotated[str, Field(min_length=1, max_length=16)]
"""A name that fits the head of a table on a phone."""

_POINTER: Final = re.compile(r"\s*\(see [^)]*\)")

Kind = Literal["notebook", "ide", "serverless", "vm", "app-hosting", "trial-credits", "grant"]
Status = Literal["active", "closing", "closed_to_new", "discontinued", "unknown"]
Assigned = Literal["guaranteed", "choice", "best-effort", "shared", "quota"]
"""How a user comes to the card: "choice" picks it, "best-effort" takes what is free at the time,
"shared" has it for single calls, "quota" holds a number of chips for a while."""

Tool = Literal[
    "jupyter", "jupyterlab", "notebook", "vscode", "web-ide", "ssh", "terminal", "api", "cli", "app"
]
"""What a user works with; "notebook" is one that is not Jupyter's own page, "app" a web app."""

CreditPeriod = Literal["one-off", "monthly", "monthly-for-3-months", "yearly-while-student"]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""

Unit = Annotated[
    Annotated[Currency, Tag("plain")] | Annotated[Text, Tag("text")],
    PlainOrText,
]
"""What credits are counted in: a currency, or something else in words ("GPU hours")."""


class Provider(Model):
    """Who offers it, and the names that people type."""

    id: Identifier
    name: Words
    operator: Words
    """The company behind it, as lists of offers name it."""
    aliases: tuple[Words, ...] = ()
    url: Address | None = None
    docs: Address | None = None
    sign_up: Address | None = None


class Access(Model):
    """What a user must have or do first; `true` means that it is asked for."""

    card: Fact[Flag] = UNKNOWN
    phone: Fact[Flag] = UNKNOWN
    id_check: Fact[Flag] = UNKNOWN
    waitlist: Fact[Flag] = UNKNOWN
    approval_days: Fact[Amount] = UNKNOWN
    """Working days that an approval takes at most."""
    academic_email: Fact[Flag] = UNKNOWN
    application: Fact[Flag] = UNKNOWN
    regions: Note | None = None
    regions_allowed: tuple[Words, ...] = ()
    regions_blocked: tuple[Words, ...] = ()
    """ISO 3166 codes, where `regions` can be said so exactly."""
    notes: Note | None = None


class OfferedGpu(Model):
    """A card that an offer gives; its own figures are in the hardware table."""

    model: Words
    vram_gb: Amount | None = None
    """GB advertised for each card; never what a program can use of it."""
    count: Count | None = None
    assigned: Assigned | None = None
    note: Text | None = None
    sources: Citations = ()


class OfferedTpu(Model):
    """A TPU that an offer gives."""

    model: Words
    chips: Count | None = None
    hbm_gb_total: Amount | None = None
    assigned: Assigned | None = None
    note: Text | None = None
    sources: Citations = ()

    @property
    def name(self) -> str:
        """The model as one reads it, without what points to another entry of the catalog."""
        return _POINTER.sub("", self.model)


class Host(Model):
    """The machine around the GPU."""

    cpu_cores: Fact[Amount] = UNKNOWN
    ram_gb: Fact[Amount] = UNKNOWN


class Session(Model):
    """How long one run lasts and how many there can be."""

    limit_hours: Fact[Amount] = UNKNOWN
    idle_minutes: Fact[Amount] = UNKNOWN
    cooldown_hours: Fact[Amount] = UNKNOWN
    background: Fact[Flag] = UNKNOWN
    """Whether a run goes on with the browser closed."""
    concurrent: Fact[Count] = UNKNOWN
    concurrent_notes: Note | None = None
    notes: Note | None = None


class Rate(Model):
    """What a GPU costs out of the credits: `price` in the credits' currency for each `per`."""

    gpu: Words
    price: Amount
    per: Literal["second", "hour"]
    sources: Citations = ()

    @property
    def per_hour(self) -> float:
        """The price of one hour."""
        return self.price * 3600 if self.per == "second" else self.price


class Credits(Model):
    """Money, or hours given like money, to spend on what the provider sells."""

    amount: Amount | None = None
    currency: Unit
    period: CreditPeriod | None = None
    note: Text | None = None
    sources: Citations = ()
    rates: tuple[Rate, ...] = ()


class Storage(Model):
    """What stays after a session, and the disk during one."""

    persistent_gb: Fact[Amount] = UNKNOWN
    ephemeral_gb: Fact[Amount] = UNKNOWN
    output_limit_gb: Fact[Amount] = UNKNOWN
    survives: Note | None = None
    """What survives a session, where `persistent_gb` does not say it."""
    notes: Note | None = None


class Interface(Model):
    """What one works with."""

    tools: Fact[tuple[Tool, ...]] = UNKNOWN
    """What a source names. One that is not listed is unknown, not missing."""
    internet: Fact[Flag] = UNKNOWN
    custom_containers: Fact[Flag] = UNKNOWN
    description: Note | None = None
    frameworks: Note | None = None
    datasets: Note | None = None


class Terms(Model):
    """What one may do."""

    commercial_use: Fact[Flag] = UNKNOWN
    forbidden: Note | None = None


class Upgrade(Model):
    """The way to more, for money."""

    path: Text
    starting_price: Amount | None = None
    currency: Currency | None = None
    period: Text | None = None
    note: Text | None = None
    sources: Citations = ()


class Offer(Model):
    """One way to a GPU, whole."""

    id: Identifier
    name: Text
    short: ShortName
    aliases: tuple[Words, ...] = ()
    url: Address | None = None
    kind: Fact[Kind]
    status: Fact[Status]
    status_date: Fact[PlainDate] = UNKNOWN
    paid_comparison_only: Flag = False
    not_free: Note | None = None
    """Why it is notably not free, where people take it for free."""
    pros: tuple[Note, ...] = ()
    cons: tuple[Note, ...] = ()
    access: Access = Access()
    gpus: tuple[OfferedGpu, ...] = ()
    tpu: OfferedTpu | None = None
    host: Host = Host()
    session: Session = Session()
    quota: Quota = Quota()
    credits: Credits | None = None
    storage: Storage = Storage()
    interface: Interface = Interface()
    terms: Terms = Terms()
    upgrade: Upgrade | None = None
    conflicts: tuple[Conflict, ...] = ()
    history: tuple[OlderValue, ...] = ()

    @property
    def open_to_new(self) -> bool | None:
        """Whether a new user can still get in; None where no source says so."""
        status = self.status.value
        return None if status in (None, "unknown") else status in ("active", "closing")


class OfferFile(Model):
    """One file of `data/offers/`: a provider, the sources it cites, and what it offers."""

    provider: Provider
    sources: dict[Identifier, Source]
    offer: Annotated[tuple[Offer, ...], Field(min_length=1)]
