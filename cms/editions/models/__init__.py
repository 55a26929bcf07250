from cms.editions.models.design import Design, usual_placements
from cms.editions.models.edition import (
    Approval,
    ApprovedPlacement,
    Edition,
    EditionDrawing,
    EditionFact,
    EditionFootage,
    EditionImage,
    EditionLink,
    EditionMessage,
    Submission,
)
from cms.editions.models.judgement import Judgement

__all__ = [
    "Approval",
    "ApprovedPlacement",
    "Design",
    "Edition",
    "EditionDrawing",
    "EditionFact",
    "EditionFootage",
    "EditionImage",
    "EditionLink",
    "EditionMessage",
    "Judgement",
    "Submission",
    "usual_placements",
]
