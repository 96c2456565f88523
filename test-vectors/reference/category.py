"""The shown form of an appraisal category (section 4)."""

from .errors import FormatError

# Section 4 says "class letters" and names no letters; see README.md.
CLASS_LETTERS = {1: "FY", 2: "WZ", 3: "SX", 4: "HJ", 9: "QT"}


def show(value: int) -> str:
    """Class letters and the item, padded to four or six digits."""
    category_class, item = divmod(value, 1_000_000)
    if category_class not in CLASS_LETTERS:
        raise FormatError("category.class", str(category_class))
    return CLASS_LETTERS[category_class] + (f"{item:04}" if item < 10_000 else f"{item:06}")
