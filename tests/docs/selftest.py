#!/usr/bin/env python3
"""The check of the documents finds each kind of fault when one is planted."""

import pathlib
import tempfile
import unittest

import readme

EXAMPLE = """int before;
    // [part]
    int a = 1;
      int b = 2;
    // [/part]
"""
ENGLISH = """# sjcode
<!-- examples/a.cpp: part -->
```cpp
int a = 1;
  int b = 2;
```
<!-- examples/b.py: part -->
```python
c = 3
```
```sh
sjcode verify x.pdf   # verifies
```
[More](docs/more.md), [中文](README.zh-CN.md), [elsewhere](https://example.org/x)
"""
CHINESE = ENGLISH.replace("# verifies", "# 核验").replace("More", "更多").replace("中文](README.zh-CN.md", "English](README.md")


def complaints(english=ENGLISH, chinese=CHINESE, example=EXAMPLE):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in (("README.md", english), ("README.zh-CN.md", chinese), ("examples/a.cpp", example),
                           ("examples/b.py", "# [part]\nc = 3\n# [/part]\n"),
                           ("docs/more.md", "")):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return readme.complaints(root)


class SelfTest(unittest.TestCase):
    def test_true_documents_pass(self):
        self.assertEqual(complaints(), [])

    def test_changed_example(self):
        found = complaints(example=EXAMPLE.replace("a = 1", "a = 2"))
        self.assertEqual(len(found), 2, found)
        self.assertIn("differs from region [part]", found[0])

    def test_changed_python(self):
        text = ENGLISH.replace("c = 3", "c = 4")
        self.assertIn("differs from region [part] of examples/b.py", complaints(english=text)[0])

    def test_no_python_at_all(self):
        text = ENGLISH.replace("```python", "```text").replace("<!-- examples/b.py: part -->\n", "")
        self.assertIn("no Python snippet at all", complaints(english=text)[0])

    def test_missing_region(self):
        self.assertIn("has no region", complaints(example="")[0])

    def test_snippet_without_source(self):
        text = ENGLISH.replace("<!-- examples/a.cpp: part -->\n", "")
        self.assertIn("no example stands behind", complaints(english=text)[0])

    def test_command_in_one_language_only(self):
        found = complaints(chinese=CHINESE.replace("x.pdf", "y.pdf"))
        self.assertEqual(len(found), 1, found)
        self.assertIn("blocks of code", found[0])

    def test_section_in_one_language_only(self):
        self.assertIn("headings", complaints(english=ENGLISH + "## More\n")[0])

    def test_dead_link(self):
        found = complaints(english=ENGLISH + "[gone](docs/gone.md)\n", chinese=CHINESE + "[gone](docs/gone.md)\n")
        self.assertEqual(len(found), 2, found)
        self.assertIn("which is not there", found[0])


if __name__ == "__main__":
    unittest.main()
