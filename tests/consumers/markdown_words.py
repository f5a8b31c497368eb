# Read HTML that a reader of Markdown made of what `stemma compare
# --format=markdown --context=all` writes, and write the words of one version,
# a paragraph a line: those of quotations, without what is not in it.
#
#     cmark-gfm -e strikethrough FILE.md | markdown_words.py old|new
#
# SPDX-License-Identifier: MIT
import html.parser
import sys

LEFT_OUT = {"old": "strong", "new": "del"}[sys.argv[1]]
KNOWN = {"p", "ul", "li", "em", "strong", "del", "blockquote"}


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside = 0
        self.words = ""

    def handle_starttag(self, tag, attributes):
        assert tag in KNOWN and not attributes, (tag, attributes)
        if tag == "blockquote":
            self.words = ""
            self.inside = 1
        elif tag == LEFT_OUT:
            self.inside -= 1

    def handle_endtag(self, tag):
        if tag == LEFT_OUT:
            self.inside += 1
        elif tag == "blockquote":
            self.inside = 0
            words = " ".join(self.words.split())
            if words:
                sys.stdout.buffer.write((words + "\n").encode())

    def handle_data(self, data):
        if self.inside == 1:
            self.words += data


reader = Reader()
reader.feed(sys.stdin.buffer.read().decode())
