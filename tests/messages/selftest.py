#!/usr/bin/env python3
"""The check of the sentences finds each kind of fault when one is planted."""

import json
import pathlib
import tempfile
import unittest

import sentences

SOURCE = r'''
// fail("comment.only") is no code
/* Error{"comment.too"} */
auto a = fail("file.open", {{"reason", r}});
auto b = Error{"file.exists"};
auto c = fail("hygiene." + rule);
Check d{"signature", CheckResult::pass, "signature.valid", {}};
auto e = R"(fail("raw.text"))"; auto million = 1'000'000;
write("key.pem");
findings.fail("signature", "signature.valid");
'''
ZH = {"file.open": "打不开文件：{reason}。", "file.exists": "文件已存在。", "hygiene.xfa": "含有动态表单。",
      "signature.valid": "签名有效。"}
EN = {"file.open": "Cannot open the file: {reason}.", "file.exists": "The file exists.",
      "hygiene.xfa": "Contains a dynamic form.", "signature.valid": "The signature is valid."}


def complaints(source=SOURCE, zh=None, en=None):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("libsjcode/src/code", "libsjcode/include", "cli", "messages"):
            (root / name).mkdir(parents=True)
        (root / "libsjcode/src/code/a.cpp").write_text(source, encoding="utf-8")
        for name, table in (("zh-CN", ZH if zh is None else zh), ("en", EN if en is None else en)):
            (root / f"messages/{name}.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
        return sentences.complaints(root)


class SelfTest(unittest.TestCase):
    def assert_one(self, found, part):
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])

    def test_matching_sources_pass(self):
        self.assertEqual(complaints(), [])

    def test_error_without_sentence(self):
        self.assert_one(complaints(SOURCE + 'fail("trust.empty");'), '"trust.empty" has no sentence')
        self.assert_one(complaints(SOURCE + 'Unexpected(Error{\n"trust.empty"});'), '"trust.empty" has no sentence')

    def test_check_without_sentence(self):
        self.assert_one(complaints(SOURCE + 'f("signature", "signature.invalid");'), "looks like a code")

    def test_prefix_without_sentence(self):
        self.assert_one(complaints(SOURCE + 'fail("place." + why);'), 'no sentence begins with "place."')

    def test_unused_sentence(self):
        found = complaints(zh={**ZH, "number.length": "长度不对。"}, en={**EN, "number.length": "Wrong length."})
        self.assert_one(found, "no source uses")

    def test_missing_language(self):
        self.assert_one(complaints(en={k: v for k, v in EN.items() if k != "file.exists"}), "no sentence in en")
        self.assert_one(complaints(zh={k: v for k, v in ZH.items() if k != "file.exists"}), "no sentence in zh-CN")

    def test_gaps(self):
        self.assert_one(complaints(en={**EN, "file.open": "Cannot open the file."}), "gaps differ")

    def test_unfilled_gap(self):
        self.assert_one(complaints(SOURCE + 'fail("file.open");'), "is given no {reason}")
        self.assert_one(complaints(SOURCE + 'fail("file.open", {{"file", name}, {"why", text(1)}});'), "no {reason}")
        self.assertEqual(complaints(SOURCE + 'fail("file.open", std::move(parameters));'), [])
        self.assertEqual(complaints(SOURCE + 'fail("file.open"); error.parameters["reason"] = why;'), [])
        self.assertEqual(complaints(SOURCE + 'fail("file.open", {{"file", f({1, 2})}, {"reason", r}});'), [])

    def test_languages_are_what_they_say(self):
        self.assert_one(complaints(zh={**ZH, "file.exists": "The file exists."}), "not Chinese")
        self.assert_one(complaints(en={**EN, "file.exists": "文件已存在。"}), "English sentence is Chinese")
        self.assert_one(complaints(zh={**ZH, "file.exists": "文件已存在,请换名。"}), "half-width")


if __name__ == "__main__":
    unittest.main()
