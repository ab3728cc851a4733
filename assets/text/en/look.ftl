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

# What the words of objectives and gauges mean, under the mouse.
explain-good-share = So many of all requests have to be answered, and within that time. A late answer does not count.
explain-p99 = Of a hundred answers ninety-nine must be faster than this. It is what the unlucky ones wait.
explain-cost = What your pieces and pipes cost together.
explain-cost-star = What your pieces and pipes cost together. With { $par } or less you earn a star.
explain-class-share = The same, for one kind of request alone: each kind has its own colour and shape.
explain-error-budget = Some requests may fail or be late: that is the budget. So much of it has to be left at the end.
explain-beaten = An enemy is beaten when it strikes where water flows, and not one request is lost to it.
explain-break = Here you break things: no more than that may still be answered in time.
explain-budget = How many more requests may fail or be late before the run is lost. Burning 2x: at this pace it lasts half the time.
explain-budget-to-break = How much still has to go wrong until the system counts as broken.
explain-class-rate = Requests that come from the spring, of this kind, in a second on average.
