"""Sample practices in any number, each with a text of its own, always the same for the same number.

For benchmarks: lists and searches need texts that differ as real ones do, in words and in length.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

PRODUCTS = (
    "knitted jumpers", "work trousers", "hotel bed linen", "school uniforms", "rain jackets",
    "leather bags", "cotton shirts", "wool blankets", "swimwear", "children's coats",
    "sports socks", "upholstery fabric", "denim jeans", "silk scarves", "felt slippers",
    "kitchen towels", "safety vests", "stage costumes", "tote bags", "mattress covers",
)  # fmt: skip
MATERIALS = (
    "recovered cotton", "local wool", "flax tow", "deadstock poplin", "regenerated polyamide",
    "hemp blends", "vegetable-tanned leather", "lyocell", "post-consumer polyester", "nettle yarn",
    "merino offcuts", "cupro lining", "bio-based elastane", "linen canvas", "recycled down",
)  # fmt: skip
ACTIONS = (
    "shared cutting room", "repair counter", "take-back round", "pattern library", "dye calendar",
    "offcut exchange", "fibre scanner", "rental wardrobe", "spare-part shelf", "yarn pool",
    "virtual fitting day", "washing trial", "mending course", "lot passport", "zero-waste nesting",
    "sorting bench", "heat recovery loop", "thread audit", "button bank", "transport pool",
)  # fmt: skip
ACTORS = (
    "a weaving mill with 18 employees", "seven sewing workshops", "a family-run dye-house",
    "a cooperative of knitters", "a municipal laundry", "two competing spinners",
    "a design school and its neighbours", "an online brand of four people", "a sheltered workshop",
    "a maker of workwear", "a chain of three shops", "a tannery and a shoemaker",
)  # fmt: skip
PROBLEMS = (
    "paid for waste that others would have bought", "lost two days a week to transport",
    "could not say which lot a seam had come from", "threw away what only lacked a zip",
    "bought new yarn while old yarn aged on the shelf", "sampled each style four times",
    "had customers who asked for proof and no proof to give", "heated water twice for one bath",
    "trained people who left before the season began", "kept returns unopened for months",
)  # fmt: skip
STEPS = (
    "Everybody weighed what they had for one month and wrote it on the same sheet.",
    "One machine was moved to the place where most of the material already lay.",
    "The rules were agreed in an afternoon and have been changed twice since.",
    "A trainee spent a week photographing and labelling each article.",
    "Prices were fixed for half a year, so that nobody had to bargain.",
    "The first trial failed because the labels came off in the wash; the second ones were sewn on.",
    "Suppliers got one letter with eleven questions instead of eleven letters.",
    "On Fridays the team looks at what came back and why.",
    "Half of the savings are paid out at the end of the year, which keeps the sheet filled in.",
    "A neighbour from another trade, used to planning routes, drew the timetable.",
    "The old software stayed; only an export was added.",
    "Whoever could not take part in person followed by telephone.",
)
LESSONS = (
    "It took longer to agree on a unit than to buy the machine.",
    "Without one person who calls on Mondays, it stops within a month.",
    "The quiet season is the time to begin, not the fair.",
    "What is not written on the label is not known.",
    "Two members left, and the rest found that fewer are faster.",
    "The figures of the first year were wrong, because one scale was.",
)
TRANSFERS = (
    "It needs six to ten firms within an hour's drive and a neutral place for the key.",
    "It works for any material that can be told apart by touch, and for few that cannot.",
    "Small towns do better than large ones: people know whom to call.",
    "The method can be copied in a week; trust takes a season.",
    "It depends on a landlord who tolerates a container in the yard.",
)
# Everything that `Invention.tags` can hold.
TAGS = {*ACTIONS, *(material.split()[-1] for material in MATERIALS)}
UNITS = ("kg a year", "metres a year", "pieces a month", "hours a week", "EUR a year", "% of lots")


@dataclass(frozen=True, slots=True)
class Invention:
    """The texts of one invented practice; `paragraphs` are plain sentences."""

    title: str
    summary: str
    challenge: str
    paragraphs: list[str]
    resources: str
    evidence: str
    lessons: str
    transfer: str
    institution: str
    indicator: tuple[str, str, int, int]
    tags: list[str]


def invent(number: int) -> Invention:
    """The texts of the practice of this number."""
    rng = Random(f"practice:{number}")
    product, material = rng.choice(PRODUCTS), rng.choice(MATERIALS)
    action, actor = rng.choice(ACTIONS), rng.choice(ACTORS)
    problem = rng.choice(PROBLEMS)
    before = rng.randint(40, 9000)
    after = round(before * rng.uniform(0.2, 0.85))
    unit = rng.choice(UNITS)
    size = rng.randint(2, 24)
    return Invention(
        title=f"{_capital(action)} for {product} ({number})",
        summary=(
            f"{_capital(actor)} {problem}. A {action} for {material} brought it from {before} to"
            f" {after} {unit}."
        ),
        challenge=(
            f"{_capital(actor)} made {product} and {problem}. {_capital(material)} was at hand, but"
            f" nobody knew how much of it, nor in which quality."
        ),
        paragraphs=[
            " ".join(rng.sample(STEPS, rng.randint(3, 6))) for _ in range(rng.randint(2, 5))
        ],
        resources=(
            f"{size} days of work a month between all, a room of {size * 12} square metres, and about"
            f" EUR {size * 850} to begin with."
        ),
        evidence=f"Measured over {rng.randint(6, 30)} months: from {before} to {after} {unit}.",
        lessons=" ".join(rng.sample(LESSONS, 2)),
        transfer=rng.choice(TRANSFERS),
        institution=f"{_capital(action)} of {product} (sample)",
        indicator=(f"{_capital(material)} lost", unit, before, after),
        tags=[action, material.split()[-1]],
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
