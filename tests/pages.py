"""Pages of PDFs as other programs see them: rendered by pdftoppm, counted and checked by qpdf, read by zbarimg."""

import dataclasses
import math
import pathlib
import re
import subprocess


@dataclasses.dataclass(frozen=True)
class Picture:
    """Grey pixels, row by row from the top; 0 is black."""

    width: int
    height: int
    pixels: bytes

    def row(self, y: int) -> bytes:
        return self.pixels[y * self.width : (y + 1) * self.width]


@dataclasses.dataclass(frozen=True)
class Box:
    """Pixels: left and top are in, right and bottom are not."""

    left: int
    top: int
    right: int
    bottom: int


def output_of(*command, statuses=(0,)) -> bytes:
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    errors = done.stderr.decode("utf-8", errors="replace")
    assert done.returncode in statuses, f"{command[0]}: status {done.returncode}, {errors}"
    return done.stdout


def page_count(pdf) -> int:
    return int(output_of("qpdf", "--show-npages", pdf, statuses=(0, 3)))


def qpdf(*arguments) -> None:
    """Status 3 is success with warnings."""
    output_of("qpdf", *arguments, statuses=(0, 3))


def qpdf_check(pdf) -> tuple[int, set[str]]:
    """Status and warnings of `qpdf --check`, without file names and offsets."""
    done = subprocess.run(["qpdf", "--check", str(pdf)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode("utf-8", errors="replace")
    complaints = {line for line in text.splitlines() if re.match("WARNING|ERROR", line)}
    plain = {re.sub(r"\((offset|object)[^)]*\)|offset \d+", "", line.replace(str(pdf), "")) for line in complaints}
    return done.returncode, plain


def render(pdf, page: int, dpi: int) -> Picture:
    """A page as it is seen, cut to its crop box."""
    data = output_of("pdftoppm", "-r", dpi, "-f", page, "-l", page, "-gray", "-cropbox", pdf)
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert head, f"pdftoppm made no picture of page {page}"
    picture = Picture(int(head[1]), int(head[2]), data[head.end() :])
    assert len(picture.pixels) == picture.width * picture.height
    return picture


def render_png(pdf, page: int, dpi: int, output: pathlib.Path) -> pathlib.Path:
    output_of("pdftoppm", "-r", dpi, "-f", page, "-l", page, "-png", "-cropbox", "-singlefile", pdf,
              output.with_suffix(""))
    return output.with_suffix(".png")


def box_of(stamp: dict, picture: Picture, dpi: float, margin: int = 0) -> Box:
    """Where a stamp of `issue --json` lies in a picture of its page. Millimetres count from the lower left corner."""
    scale = dpi / 25.4
    left, right = stamp["x_mm"] * scale, (stamp["x_mm"] + stamp["width_mm"]) * scale
    top = picture.height - (stamp["y_mm"] + stamp["height_mm"]) * scale
    bottom = picture.height - stamp["y_mm"] * scale
    return Box(max(0, math.floor(left) - margin), max(0, math.floor(top) - margin),
               min(picture.width, math.ceil(right) + margin), min(picture.height, math.ceil(bottom) + margin))


def same_outside(a: Picture, b: Picture, box: Box | None) -> bool:
    if (a.width, a.height) != (b.width, b.height):
        return False
    for y in range(a.height):
        x, z = a.row(y), b.row(y)
        if box and box.top <= y < box.bottom:
            if x[: box.left] != z[: box.left] or x[box.right :] != z[box.right :]:
                return False
        elif x != z:
            return False
    return True


def dark_share(picture: Picture, box: Box) -> float:
    """How much of a box is clearly darker than white."""
    rows = [picture.row(y)[box.left : box.right] for y in range(box.top, box.bottom)]
    dark = sum(sum(1 for pixel in row if pixel < 128) for row in rows)
    return dark / max(1, sum(map(len, rows)))


def zbar(image) -> list[str]:
    """What zbarimg reads. Status 4 is: nothing found."""
    text = output_of("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", image, statuses=(0, 4))
    return text.decode("utf-8").splitlines()
