<?php
// wikidiff2's C++ on the pairs of a file of requests, in one process: prints
// processor milliseconds a pair as a table of HTML, and as JSON. What php does
// beside it, reading the requests above all, is not counted.
function spent(): float {
    $used = getrusage();
    return 1e3 * ($used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec']) +
        1e-3 * ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']);
}
ini_set('memory_limit', '-1');
$pairs = array_map('json_decode', file($argv[1]));
$times = ['table' => 0.0, 'json' => 0.0];
$start = spent();
foreach ($pairs as $pair) {
    wikidiff2_do_diff($pair->old, $pair->new, 2);
}
$times['table'] = spent() - $start;
$start = spent();
foreach ($pairs as $pair) {
    wikidiff2_inline_json_diff($pair->old, $pair->new, 2);
}
$times['json'] = spent() - $start;
foreach ($times as $name => $time) {
    printf("%s\t%.4f\n", $name, $time / count($pairs));
}
