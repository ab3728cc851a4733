# What is said in few words where room is dear: chips, plates, signs.

chip-good-share = { $share } % < { $within }
chip-p99 = p99 < { $bound }
chip-cost = cost up to { $bound }
chip-class-share = { $class } { $share } % < { $within }
chip-error-budget = budget { $share } %
chip-beaten = { $count } beaten
chip-break = max. { $share } % < { $within }

plate-latency-piranha-plant = Piranha Plant
plate-coordination-thwomp = Thwomp
plate-circuit-breaker-thwomp = Gate Thwomp

map-start = Start here
map-onward = Next
map-open = Follow the light, or skip ahead: no gate is locked.

star-robust-later = win first

chart-no-answers = no answer came back
