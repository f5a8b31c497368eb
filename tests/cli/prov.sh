#!/bin/sh
# Histories as W3C PROV-JSON.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

for k in 1 2 3; do
    printf 'Bridge "%d"\n\nIt is <shut>.\n' $k >'a: “b”.txt'
    stemma track --story='a: “b”' --date=2025-03-0$k \
        --source="https://example.org/?q=\"$k\"" 'a: “b”.txt'
done

cat >check.py <<'END'
"""What PROV-JSON asks for: names that are declared, things that are there."""
import json, re, sys
doc = json.load(open('out', encoding='utf-8'))
ENDS = {'wasGeneratedBy': {'prov:entity': 'entity', 'prov:activity': 'activity'},
        'wasAssociatedWith': {'prov:activity': 'activity', 'prov:agent': 'agent'},
        'wasAttributedTo': {'prov:entity': 'entity', 'prov:agent': 'agent'},
        'wasDerivedFrom': {'prov:generatedEntity': 'entity',
                           'prov:usedEntity': 'entity'},
        'specializationOf': {'prov:specificEntity': 'entity',
                             'prov:generalEntity': 'entity'}}
known = set(doc['prefix']) | {'prov', 'xsd', '_'}
assert set(doc) == {'prefix', 'entity', 'activity', 'agent'} | set(ENDS), set(doc)
for group, members in doc.items():
    if group == 'prefix':
        continue
    for name, values in members.items():
        assert re.fullmatch(r'[a-z_]+:([A-Za-z0-9_-]|%[0-9a-f]{2})+', name), name
        assert name.split(':')[0] in known, name
        for key, value in values.items():
            assert key.split(':')[0] in known, key
            if isinstance(value, dict):
                assert set(value) == {'$', 'type'}, value
                # A name is a name to its readers, not a text.
                assert (value['type'] == 'prov:QUALIFIED_NAME') == (
                    key == 'prov:type'), value
for group, ends in ENDS.items():
    for values in doc[group].values():
        for end, kind in ends.items():
            assert values[end] in doc[kind], (group, values[end])
count = int(sys.argv[1])
assert len(doc['entity']) == count + 1 and len(doc['activity']) == count
assert len(doc['wasDerivedFrom']) == count - 1
assert len(doc['agent']) == 1
labels = [e['prov:label'] for e in doc['entity'].values()]
assert labels[0] == 'a: “b”' and labels[-1] == 'a: “b”@3', labels
times = [g['prov:time'] for g in doc['wasGeneratedBy'].values()]
assert times == sorted(times) and times[-1] == '2025-03-03T00:00:00Z'
END

valid()
{
    ends 0 log --format=prov 'a: “b”' && python3 check.py 3
}
since()
{
    ends 0 log --format=prov --since=2025-03-02 'a: “b”' && python3 check.py 2
}
if command -v python3 >/dev/null; then
    t 'a history is PROV-JSON in which every name leads somewhere' valid
    t 'and so is the end of one' since
else
    skip 'a history is PROV-JSON' 'python3 is not installed'
fi
