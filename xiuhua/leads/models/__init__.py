"""Tables of the desk."""

from xiuhua.leads.models.kinds import LeadAttribute, LeadClock, LeadKind
from xiuhua.leads.models.lead import Lead
from xiuhua.leads.models.parts import LeadMedia, Reporter

__all__ = ["Lead", "LeadAttribute", "LeadClock", "LeadKind", "LeadMedia", "Reporter"]
