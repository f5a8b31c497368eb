# Read TEI by parallel segmentation, and write the words of one witness.
#
#     tei_words.py SIGLUM <FILE.xml
#
# SPDX-License-Identifier: MIT
import sys
import xml.etree.ElementTree as tree

TEI = "{http://www.tei-c.org/ns/1.0}"
witness = "#" + sys.argv[1]


def read(element):
    text = element.text or ""
    for child in element:
        assert child.tag == TEI + "app", child.tag
        having = [reading for reading in child
                  if witness in reading.get("wit").split()]
        assert len(having) <= 1, "a witness has two readings"
        if having:
            text += read(having[0])
        text += child.tail or ""
    return text


root = tree.parse(sys.stdin.buffer).getroot()
for paragraph in root.iter(TEI + "p"):
    if paragraph in list(root.iter(TEI + "body"))[0]:
        for word in read(paragraph).split():
            sys.stdout.buffer.write((word + "\n").encode())
