"""The only writes of observations: what is of legal effect as verbs with a record entry, positions by `open_store`."""

from xiuhua.observations.actions.channels import list_channels, tell
from xiuhua.observations.actions.devices import change, hash_of, issue_code, register, sign_on, withdraw
from xiuhua.observations.actions.faults import assign_fault, look_at_health, mend, report_fault
from xiuhua.observations.actions.hours import Stretch, put_hours
from xiuhua.observations.actions.live import look_at_map, look_live
from xiuhua.observations.actions.odd import look_at_odd
from xiuhua.observations.actions.orders import (
    Sending,
    answer_order,
    attach_media,
    end_orders,
    order_device,
    send_order,
    withdraw_order,
)
from xiuhua.observations.actions.putting_away import days_waiting, purge, put_away
from xiuhua.observations.actions.storing import Batch, Heard, Odd, Row, Store, open_store
from xiuhua.observations.actions.tracks import Track, import_track, look_at_track

__all__ = [
    "Batch",
    "Heard",
    "Odd",
    "Row",
    "Sending",
    "Store",
    "Stretch",
    "Track",
    "answer_order",
    "assign_fault",
    "attach_media",
    "change",
    "days_waiting",
    "end_orders",
    "hash_of",
    "import_track",
    "issue_code",
    "list_channels",
    "look_at_health",
    "look_at_map",
    "look_at_odd",
    "look_at_track",
    "look_live",
    "mend",
    "open_store",
    "order_device",
    "purge",
    "put_away",
    "put_hours",
    "register",
    "report_fault",
    "send_order",
    "sign_on",
    "tell",
    "withdraw",
    "withdraw_order",
]
