#!/usr/bin/env bash
# The story that ./dev demo tells: a report is issued, verified, forged in four ways, and verified again. It fails where
# an outcome is another than it must be.
# usage: examples/demo.sh PROGRAMS OUT [SITE]    (the folder with sjcode, the folder to write to, the verification site)
# It wants qpdf, pdftoppm (poppler-utils) and python3 besides.
set -euo pipefail
programs=$(realpath "$1")
site=${3:+$(realpath "$3")}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$2"
mkdir -p "$2"
cd "$2"

sjcode() { LC_ALL='' LC_MESSAGES='' LANG=zh_CN.UTF-8 "$programs/sjcode" "$@"; }
step() { printf '\n── %s\n' "$*"; }
show() {
    printf '$ %s\n' "${*//$here/examples}"
    "$@"
}
fail() {
    printf '\ndemo: %s\n' "$*" >&2
    exit 1
}

# expect STATUS OUTCOME ARGUMENT…: verifies, shows the verdict, and holds it to the outcome.
expect() {
    local status=$1 outcome=$2 got=0
    shift 2
    printf '$ sjcode verify %s\n' "$*"
    sjcode verify "$@" --lang zh >verdict.txt || got=$?
    cat verdict.txt
    [[ $got == "$status" ]] || fail "verify $1 ended with status $got, not $status ($outcome)"
    got=0
    sjcode verify "$@" --json >verdict.json || got=$?
    [[ $got == "$status" ]] || fail "verify --json $1 ended with status $got, not $status ($outcome)"
    grep -Eq "\"outcome\": ?\"$outcome\"" verdict.json || fail "the outcome of $1 is not $outcome"
}
# names_page N: the last verdict says which page differs.
names_page() {
    grep -Eq "\"code\": ?\"pages.differ\"[^}]*\"pages\": ?\"$1\"" verdict.json || fail "the finding is not page $1"
    grep -Eq "第 ?$1 ?页" verdict.txt || fail "the sentence does not name page $1"
}

step "密钥与证书 · a key and its certificate"
show sjcode key new --alg sm2 --licence 440100001 --name 示例司法鉴定中心 --short-name 示例司鉴中心 \
    --host v.example.cn -o key

step "示例意见书，共 8 页 · a sample report of 8 pages"
if [[ -e $here/sample-report/report.pdf ]]; then # as the Debian package has it
    show cp "$here/sample-report/report.pdf" report.pdf
else
    printf '$ make_sample_report report.pdf\n'
    "$programs/make_sample_report" report.pdf
fi

step "从文本中提取事实，供经办人核对 · facts proposed from its text, for the clerk to check"
show sjcode facts report.pdf

step "赋码 · issue: the facts checked against the text, the code signed and stamped"
show sjcode issue report.pdf --facts "$here/sample-report/facts.json" --key key/key.pem \
    --cert key/cert.pem --record issued.record -o issued.pdf
cmp -n "$(stat -c %s report.pdf)" report.pdf issued.pdf || fail "the original bytes changed"
qpdf --check issued.pdf >/dev/null || fail "qpdf finds fault with the issued report"
pdftoppm -r 150 -png -f 1 -l 1 -singlefile issued.pdf page-1

step "核验原件 · the issued file"
expect 0 authentic issued.pdf --trust key

step "核验第 1 页的图像 · an image of page 1: the code is genuine, the page was not compared"
expect 3 code_genuine page-1.png --trust key

step "四份被篡改的副本：误工期 150 日改成 180 日 · four copies, one digit of the opinion on page 7 changed"
python3 "$here/edit_copies.py" issued.pdf .
for copy in in-place re-saved incremental; do
    step "$copy"
    expect 1 not_authentic "$copy.pdf" --trust key --record issued.record
    names_page 7
done
step "without-code"
expect 2 undetermined "without-code.pdf" --trust key --record issued.record
names_page 7

if [[ -n $site ]]; then
    step "核验网站 · the verification site, with this institution among its trust records"
    cp -r "$site" site
    show sjcode trust export-web --trust key -o site/trust --overwrite
    path=$(python3 "$here/page_address.py" issued.pdf)
fi

rm -f verdict.txt verdict.json
printf '\n%s\n' "demo: every outcome is as it must be. The files are in $PWD: issued.pdf, page-1.png, the copies"
if [[ -n $site ]]; then
    printf '\n%s\n' "核验页面 · what a phone shows that scans this report:" \
        "    $programs/sjcode serve $PWD/site" "    http://127.0.0.1:8080/$path"
fi
