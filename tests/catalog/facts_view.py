"""The catalog turned back into the form of the facts that it was made from, for comparison."""

from collections.abc import Iterable, Mapping
from typing import cast

from bot.catalog.conflicts import Conflict, OlderValue
from bot.catalog.facts import Citations, Fact, Note, Source, Text
from bot.catalog.hardware import Hardware
from bot.catalog.offer import Credits, Offer, OfferedGpu, OfferedTpu, Provider
from bot.catalog.quota import AfterFirstUse, FixedWeekly, QuotaRule, RollingWindow

Plain = object

_RULES = {
    "fixed-weekly": "weekly",
    "rolling-window": "rolling 24 h",
    "monthly": "monthly",
    "after-first-use": "first use + 24 h",
    "one-off-credits": "none (one-off credits)",
    "unpublished": "unpublished/dynamic",
    "none-stated": "none",
}
_PERIODS = {
    "one-off": "one-off",
    "monthly": "recurring monthly",
    "monthly-for-3-months": "3 months",
    "yearly-while-student": "yearly while student",
}
_QUOTAS = {
    "fixed-weekly": "weekly_quota_hours",
    "monthly": "monthly_quota_hours",
    "rolling-window": "daily_quota_minutes",
    "after-first-use": "daily_quota_minutes",
}
_FACT_FIELDS = {
    "kind": "kind",
    "status": "status",
    "status_date": "status_date",
    "host.cpu_cores": "cpu_cores",
    "host.ram_gb": "ram_gb",
    "session.limit_hours": "session_limit_hours",
    "session.idle_minutes": "idle_timeout_minutes",
    "session.background": "background_execution",
    "session.concurrent": "concurrent_sessions",
    "session.concurrent_notes": "concurrent_sessions_note",
    "session.notes": "session_notes",
    "storage.persistent_gb": "persistent_storage_gb",
    "storage.ephemeral_gb": "ephemeral_disk_gb",
    "storage.notes": "storage_note",
    "interface.internet": "internet_in_session",
    "interface.custom_containers": "custom_containers",
    "interface.description": "interface",
    "interface.frameworks": "frameworks",
    "interface.datasets": "dataset_integrations",
    "terms.commercial_use": "commercial_use_allowed",
    "access.regions": "region_restrictions",
}
_SIGN_UP = {
    "card": "credit_card",
    "phone": "phone_verification",
    "waitlist": "waitlist",
    "academic_email": "academic_email",
    "application": "application",
    "notes": "note",
}
_TOPICS = {
    "gpus": "gpu",
    "tpu": "tpu",
    "quota.rule": "quota_reset_rule",
    "storage": "storage",
    "upgrade": "upgrade",
    "credits": "credits",
    "access.card": "signup.credit_card",
}


def known_only(value: Plain) -> Plain:
    """Leave out what is unknown: null, empty, and tables of nothing else."""
    if isinstance(value, Mapping):
        table = {key: known_only(each) for key, each in cast("Mapping[str, Plain]", value).items()}
        return {key: each for key, each in table.items() if each not in (None, [], {})}
    if isinstance(value, list):
        return [known_only(each) for each in cast("list[Plain]", value)]
    return value


def offer_as_fact(offer: Offer, provider: Provider) -> Plain:
    """Return `offer` as a record of offers.json."""
    record: dict[str, Plain] = {
        "id": offer.id,
        "provider": provider.operator,
        "offer": offer.name.en,
        "url": offer.url,
        "paid_comparison_only": offer.paid_comparison_only,
        "gpus": [_gpu(each) for each in offer.gpus],
        "tpu": offer.tpu and _tpu(offer.tpu),
        "credits": offer.credits
        and {
            "amount": offer.credits.amount,
            "currency": _unit(offer.credits),
            "recurring": _PERIODS.get(offer.credits.period or ""),
            "note": _en(offer.credits.note),
        },
        "upgrade": offer.upgrade
        and {
            "path": offer.upgrade.path.en,
            "starting_price": offer.upgrade.starting_price,
            "currency": offer.upgrade.currency,
            "period": _en(offer.upgrade.period),
            "note": _en(offer.upgrade.note),
        },
        "quota_reset_rule": offer.quota.rule and _rule(offer.quota.rule),
        "pros": [each.en for each in offer.pros],
        "cons": [each.en for each in offer.cons],
        "conflicts": [_conflict(each, offer) for each in offer.conflicts],
        "history": [_older(each, offer) for each in offer.history],
    }
    sources: dict[str, Plain] = {
        "gpus": _sources(dict.fromkeys(s for gpu in offer.gpus for s in gpu.sources)),
        "tpu": _sources(offer.tpu.sources if offer.tpu else ()),
        "credits": _sources(offer.credits.sources if offer.credits else ()),
        "upgrade": _sources(offer.upgrade.sources if offer.upgrade else ()),
        "quota_reset_rule": _sources(offer.quota.rule.sources if offer.quota.rule else ()),
    }
    for field, name in _FACT_FIELDS.items():
        record[name], sources[name] = _value_and_sources(offer, field)
    amount = _quota_name(offer)
    record[amount] = offer.quota.amount.value
    sources[amount] = _sources(offer.quota.amount.sources)
    sign_up: dict[str, Plain] = {}
    for field, name in _SIGN_UP.items():
        sign_up[name], sources[f"signup.{name}"] = _value_and_sources(offer, f"access.{field}")
    return known_only({**record, "signup": sign_up, "sources": sources})


def hardware_as_fact(row: Hardware) -> Plain:
    """Return `row` as a record of gpus.json."""
    names = {
        "bandwidth_gb_s": "memory_bandwidth_gbs",
        "tensor_tflops": "fp16_bf16_tensor_tflops_dense",
        "fp16_tflops": "fp16_nontensor_tflops",
    }
    conflicts = [
        {
            "field": names.get(each.field, each.field),
            "values": list(each.values),
            "note": _en(each.note),
        }
        for each in row.conflicts
    ]
    return known_only(
        {
            "model": row.name,
            "type": row.kind,
            "count": row.count,
            "vram_gb": row.vram_gb,
            "memory_bandwidth_gbs": row.bandwidth_gb_s,
            "fp32_tflops": row.fp32_tflops,
            "fp16_bf16_tensor_tflops_dense": row.tensor_tflops,
            "fp16_nontensor_tflops": row.fp16_tflops,
            "architecture": row.architecture,
            "compute_capability": row.compute_capability,
            "bf16_native": row.bf16,
            "year": row.year,
            "note": _en(row.note),
            "conflicts": conflicts,
            "sources": _sources(row.sources),
        }
    )


def _en(text: Text | None) -> str | None:
    return text.en if text else None


def _source(source: Source) -> dict[str, Plain]:
    return {
        "url": source.label,
        "as_of": source.as_of,
        "confidence": source.confidence,
        "note": _en(source.note),
    }


def _sources(sources: Iterable[Source]) -> list[Plain]:
    return [_source(each) for each in sources]


def _value_and_sources(offer: Offer, field: str) -> tuple[Plain, list[Plain]]:
    section, _, name = field.rpartition(".")
    part = getattr(getattr(offer, section) if section else offer, name)
    if part is None:
        return None, []
    sources: Citations = part.sources
    value = part.en if isinstance(part, Note) else cast("Fact[Plain]", part).value
    return value, _sources(sources)


def _assigned(assigned: str | None, note: Text | None) -> tuple[str | None, str | None]:
    """The facts write a quota of chips into `how_assigned` itself."""
    return (_en(note), None) if assigned == "quota" else (assigned, _en(note))


def _gpu(gpu: OfferedGpu) -> Plain:
    how, note = _assigned(gpu.assigned, gpu.note)
    return {
        "model": gpu.model,
        "vram_gb": gpu.vram_gb,
        "count": gpu.count,
        "how_assigned": how,
        "note": note,
    }


def _tpu(tpu: OfferedTpu) -> Plain:
    how, note = _assigned(tpu.assigned, tpu.note)
    return {
        "model": tpu.model,
        "chips": tpu.chips,
        "hbm_gb_total": tpu.hbm_gb_total,
        "how_assigned": how,
        "note": note,
    }


def _unit(given: Credits) -> str:
    """Of what comes each month the facts say so in the unit too, where that is no currency."""
    monthly = given.period == "monthly-for-3-months"
    return f"{given.currency}/month" if monthly else str(given.currency)


def _rule(rule: QuotaRule) -> Plain:
    if isinstance(rule, RollingWindow | AfterFirstUse):
        assert rule.hours == 24
    weekly = rule if isinstance(rule, FixedWeekly) else None
    return {
        "type": _RULES[rule.kind],
        "weekday": weekly and weekly.weekday.capitalize(),
        "time": weekly and weekly.time,
        "tz": weekly and weekly.zone,
        "note": _en(rule.note),
    }


def _quota_name(offer: Offer) -> str:
    kind = offer.quota.rule.kind if offer.quota.rule else "monthly"
    name = _QUOTAS.get(kind, "monthly_quota_hours")
    assert offer.quota.amount.value is None or name.endswith(str(offer.quota.unit))
    return name


def _topic(topic: Conflict | OlderValue, offer: Offer) -> str:
    if topic.about:
        return topic.about.en
    assert topic.field is not None
    if topic.field == "quota.amount":
        return _quota_name(offer)
    return _TOPICS.get(topic.field) or _FACT_FIELDS[topic.field]


def _value(value: Plain) -> Plain:
    return value.en if isinstance(value, Text) else value


def _conflict(conflict: Conflict, offer: Offer) -> Plain:
    values = [
        {"value": _value(each.value), "source": _source(each.source)} for each in conflict.values
    ]
    return {"field": _topic(conflict, offer), "values": values}


def _older(older: OlderValue, offer: Offer) -> Plain:
    return {
        "field": _topic(older, offer),
        "value": _value(older.value),
        "date": str(older.date),
        "source": _source(older.source),
    }
