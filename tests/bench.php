<?php
// wikidiff2 on two files, as MediaWiki calls it, with its own limits.
echo wikidiff2_do_diff(
    file_get_contents($argv[1]), file_get_contents($argv[2]), 2);
