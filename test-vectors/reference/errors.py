"""The one exception of the reference implementation."""


class FormatError(ValueError):
    """A rule of the format page is broken.

    `code` is the stable reason code listed in README.md; `detail` is for
    people and may change at any time.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
