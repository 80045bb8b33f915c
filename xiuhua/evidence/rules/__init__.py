"""What exhibits and recordings are, by rule. Pure."""

from xiuhua.evidence.rules.exhibits import (
    EVIDENCE_KIND_LABELS,
    IMAGES,
    SIGNATURES,
    SOURCE_LABELS,
    EvidenceKind,
    Source,
    faults,
    file_fault,
    media_type_of,
)

__all__ = [
    "EVIDENCE_KIND_LABELS",
    "IMAGES",
    "SIGNATURES",
    "SOURCE_LABELS",
    "EvidenceKind",
    "Source",
    "faults",
    "file_fault",
    "media_type_of",
]
