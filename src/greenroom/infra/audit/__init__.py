"""The audit trail: who changed what, when, from what to what, why and from where; chained so that a cut shows."""

from greenroom.infra.audit.record import last_person, record

__all__ = ["last_person", "record"]
