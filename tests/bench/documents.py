"""Whole documents issued and audited: against pyHanko, and against what hashing and copying a file costs anyway.

usage: documents.py PROGRAMS REPORT WORK        (the folder of our programs, a sample report, a folder to work in)

Each side runs in a process of its own, one after the other. Ratios are of processor time, which other work on the
machine disturbs less than the clock; the times by the clock stand beside them. A ratio beyond its limit ends the program
with status 1.
"""

import json
import pathlib
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
FACTS = {
    "licence": "440100001", "institution": "示例司法鉴定中心", "short_name": "示例司鉴中心",
    "number": "示例司鉴中心〔2026〕临鉴字第18号", "categories": ["FY0202"],
    "appraisers": [{"name": "甲某", "licence": "440100001001"}, {"name": "乙某", "licence": "440100001002"}],
    "matter": "伤残等级鉴定", "commissioner": {"kind": "court", "name": "某某市中级人民法院"},
    "accepted": "2026-09-03", "opinion": "评定为十级伤残。", "kind": "report", "status": 18,
}
REPORTS = 100
SCAN_PAGES, SCAN_PAGE_SIZE = 300, 1_000_000


class Bench:
    def __init__(self, programs: pathlib.Path, report: pathlib.Path, work: pathlib.Path):
        self.programs, self.work = programs, work
        self.failed = False
        work.mkdir(parents=True, exist_ok=True)
        self.key, self.facts = work / "key", work / "facts.json"
        self.facts.write_text(json.dumps(FACTS, ensure_ascii=False), encoding="utf-8")
        if not self.key.exists():
            run([programs / "sjcode", "key", "new", "--alg", "p256", "--licence", FACTS["licence"], "--name",
                 FACTS["institution"], "--short-name", FACTS["short_name"], "--host", "v.example.cn", "-o", self.key])
        self.ten = self.pages_of(report, 10)
        self.thousand = self.pages_of(report, 1000)
        self.two_thousand = self.pages_of(report, 2000)

    def pages_of(self, report: pathlib.Path, pages: int) -> pathlib.Path:
        """The sample report's eight pages over and over."""
        out = self.work / f"{pages}-pages.pdf"
        whole, rest = divmod(pages, 8)
        chosen = [report, "1-8"] * whole + ([report, f"1-{rest}"] if rest else [])
        run(["qpdf", "--empty", "--pages", *chosen, "--", out])
        return out

    def ours(self, *arguments) -> dict:
        return json.loads(run([self.programs / "bench_documents", *arguments]))

    def issue(self, count: int, file: pathlib.Path, *options: str) -> dict:
        return self.ours("issue", count, self.key, self.facts, self.programs / "sjcode-worker", *options, file)

    def peer(self, *arguments) -> str:
        return run([sys.executable, HERE / "pyhanko_peer.py", *arguments])

    def hold(self, what: str, ratio: float, limit: float, at_least: bool) -> None:
        good = ratio >= limit if at_least else ratio <= limit
        self.failed = self.failed or not good
        print(f"  {what}: {ratio:.2f} (limit {limit:g}{'' if good else ', MISSED'})")


def run(arguments: list) -> str:
    ended = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(str(argument) for argument in arguments)}: {ended.stderr.strip()}")
    return ended.stdout


def times(result: dict) -> str:
    return (f"{result['processor'] * 1e3:9.2f} ms of processor, {result['median'] * 1e3:9.2f} ms median by the clock, "
            f"{1 / result['processor']:7.1f} a second")


def issuing_against_pyhanko(bench: Bench) -> None:
    print(f"stamp and P-256 seal, {REPORTS} reports of 10 pages, in memory")
    ours = bench.issue(REPORTS, bench.ten)
    placed = bench.issue(REPORTS, bench.ten, "first-free")
    texts = bench.issue(REPORTS, bench.ten, "first-free", "page-text")
    peer = json.loads(bench.peer("issue", REPORTS, bench.key, bench.ten))
    print(f"  ours, at a given place, without page text    {times(ours)}")
    print(f"  ours, place searched on the rendered page    {times(placed)}")
    print(f"  ours, with page text too (the default)       {times(texts)}")
    print(f"  pyHanko, at a given place                    {times(peer)}")
    bench.hold("documents per second, times pyHanko's", peer["processor"] / ours["processor"], 30, at_least=True)
    print(f"  with place and page text, times pyHanko's: {peer['processor'] / texts['processor']:.2f}")


def auditing_against_pyhanko(bench: Bench) -> None:
    print("audit of 2,000 pages with two signatures")
    signed = bench.work / "signed-twice.pdf"
    bench.peer("sign-twice", bench.key, bench.two_thousand, signed)
    ours = bench.ours("audit", 20, signed)
    peer = json.loads(bench.peer("audit", 2, bench.key, signed))
    print(f"  ours     {times(ours)}")
    print(f"  pyHanko  {times(peer)}")
    bench.hold("audits per second, times pyHanko's", peer["processor"] / ours["processor"], 25, at_least=True)


def pages_that_stay_as_they_are(bench: Bench) -> None:
    print("1,000 pages against 10, stamped and sealed in memory, place searched, without page text")
    ten, thousand = bench.issue(30, bench.ten, "first-free"), bench.issue(10, bench.thousand, "first-free")
    with_text = bench.issue(3, bench.thousand, "first-free", "page-text")
    beyond = []
    for name, result, file in (("10", ten, bench.ten), ("1,000", thousand, bench.thousand)):
        bare = bench.ours("hash-and-copy", file, bench.work / "copy.pdf")
        beyond.append(result["processor"] - 2 * bare["hash"])
        print(f"  {name:>5} pages          {times(result)}, one hash {bare['hash'] * 1e3:.2f} ms")
    print(f"  page text of 1,000 besides: {(with_text['processor'] - thousand['processor']) * 1e3:.0f} ms of processor")
    bench.hold("1,000 pages, times 10 pages", beyond[1] / beyond[0], 3, at_least=False)
    exact_ten, exact_thousand = bench.issue(100, bench.ten), bench.issue(30, bench.thousand)
    print(f"  at a given place, so that no page is rendered: {exact_thousand['processor'] * 1e3:.2f} ms against "
          f"{exact_ten['processor'] * 1e3:.2f} ms")


def make_scan(out: pathlib.Path) -> None:
    """Pages that are one picture each, as a scanner makes them; the pictures are noise, as far as size goes."""
    side = 1000
    picture = bytes(range(256)) * (SCAN_PAGE_SIZE // 256) + bytes(SCAN_PAGE_SIZE % 256)
    assert len(picture) == side * side
    offsets = {}
    with out.open("wb") as file:
        def write(number: int, content: bytes) -> None:
            offsets[number] = file.tell()
            file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        file.write(b"%PDF-1.4\n")
        kids = b" ".join(b"%d 0 R" % (3 + 3 * page) for page in range(SCAN_PAGES))
        write(1, b"<</Type/Catalog/Pages 2 0 R>>")
        write(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (SCAN_PAGES, kids))
        for page in range(SCAN_PAGES):
            number = 3 + 3 * page
            write(number, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                          b"/Resources<</XObject<</I %d 0 R>>>>>>" % (number + 1, number + 2))
            content = b"q 400 0 0 400 100 300 cm /I Do Q"
            write(number + 1, b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
            write(number + 2, b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
                              b"/BitsPerComponent 8/Length %d>>\nstream\n%s\nendstream"
                              % (side, side, len(picture), picture))
        table = file.tell()
        count = 3 + 3 * SCAN_PAGES
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            file.write(b"%010d 00000 n \n" % offsets[number])
        file.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, table))


def watched(arguments: list) -> tuple[float, float]:
    """Runs a program. Returns seconds by the clock, and the most memory in MiB that is not the file's mapping, of the
    program or of its worker, whichever has more."""
    process = subprocess.Popen([str(argument) for argument in arguments], stdout=subprocess.DEVNULL)
    most = 0

    def watch() -> None:
        nonlocal most
        while process.poll() is None:
            try:
                children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                for number in [process.pid, *children]:
                    for line in pathlib.Path(f"/proc/{number}/status").read_text().splitlines():
                        if line.startswith("RssAnon"):
                            most = max(most, int(line.split()[1]))
            except OSError:
                pass
            time.sleep(0.002)

    begin = time.perf_counter()
    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - begin
    watcher.join()
    if status != 0:
        sys.exit(f"{arguments}: status {status}")
    return seconds, most / 1024


def large_scan(bench: Bench) -> None:
    scan, out = bench.work / "scan.pdf", bench.work / "scan-issued.pdf"
    make_scan(scan)
    print(f"a scan of {scan.stat().st_size / 1e6:.0f} MB, issued by the command line program, sealed, written with fsync")
    bare = bench.ours("hash-and-copy", scan, out)
    runs = [watched([bench.programs / "sjcode", "issue", scan, "--facts", bench.facts, "--key", bench.key / "key.pem",
                     "--cert", bench.key / "cert.pem", "--allow", "facts", "--overwrite", "-o", out]) for _ in range(3)]
    seconds, memory = sorted(runs)[1]
    print(f"  issued in {seconds:.2f} s; one hash takes {bare['hash']:.2f} s, one copy {bare['copy']:.2f} s")
    bench.hold("times two hashes and one copy", seconds / (2 * bare["hash"] + bare["copy"]), 1.3, at_least=False)
    bench.hold("MiB of memory beyond the mapping", memory, 64, at_least=False)
    for file in (scan, out):
        file.unlink()


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 64
    bench = Bench(*(pathlib.Path(argument).resolve() for argument in arguments))
    for part in (issuing_against_pyhanko, auditing_against_pyhanko, pages_that_stay_as_they_are, large_scan):
        part(bench)
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
