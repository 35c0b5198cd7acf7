"""The audit trail: who changed what, when, from what to what, why and from where; chained so that a cut shows."""

from greenroom.infra.audit.record import record

__all__ = ["record"]
